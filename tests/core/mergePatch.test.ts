import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch, diff } from '#core/mergePatch.ts'

const ODD = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'a', 'b', '']
const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }))
const keyed = <T>(of: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...ODD), of), { selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries))
const view = keyed(fc.oneof(value, keyed(value)))

/** As text with the keys in order: what compares objects overlooks a key called `__proto__`. */
function told(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${told(inner)}`).join()}}`
}

describe('[L5] the patch between two views', () => {
  test('[L5] applied to the one it is the other, whatever ids are called, and sent as text too', () => {
    fc.assert(
      fc.property(view, view, (from, to) => {
        const patch = JSON.parse(JSON.stringify(diff(from, to) ?? {}))
        expect(told(applyPatch(from, patch))).toBe(told(to))
      }),
    )
  })

  test('[L5] a key is lost though another comes that every object seems to have', () => {
    expect(diff<object>({ a: 1 }, { constructor: 2 })).toEqual({ a: null, constructor: 2 })
  })

  test('[L5] an agent may be called __proto__', () => {
    const to = JSON.parse('{"agents":{"__proto__":{"active":1}}}')
    expect(JSON.stringify(diff({ agents: {} }, to))).toBe('{"agents":{"__proto__":{"active":1}}}')
  })
})
