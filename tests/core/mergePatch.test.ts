import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch, diff } from '#core/mergePatch.ts'

const ODD = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'a', 'b', '']
const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }))
const part = fc.dictionary(fc.constantFrom(...ODD), value)
const view = fc.dictionary(fc.constantFrom(...ODD), fc.oneof(value, part))

describe('[L5] the patch between two views', () => {
  test('[L5] applied to the one it is the other, whatever ids are called', () => {
    fc.assert(
      fc.property(view, view, (from, to) => {
        expect(applyPatch(from, diff(from, to) ?? {})).toEqual(to)
      }),
    )
  })

  test('[L5] a key is lost though another comes that every object seems to have', () => {
    expect(diff<object>({ a: 1 }, { constructor: 2 })).toEqual({ a: null, constructor: 2 })
  })
})
