import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PageWriter, Register } from '#core/pages.ts'

test('[pages] every line is found by its id, however odd or many, and no other is', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', '', '"', '\\', '\n', '\t', 'o1', 'o10'),
  )
  const line = fc.tuple(
    texts,
    fc.string({ unit: 'binary', maxLength: 3_000 }).map((text) => JSON.stringify(text)),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), texts, (lines, other) => {
      const all = new Map(lines)
      const writer = new PageWriter()
      writer.paged(['what else there is'])
      const index = writer.register(all)
      const register = new Register(index, writer.pages.slice(1))
      for (const [id, text] of all) expect(register.get(id)?.text).toBe(text)
      if (!all.has(other)) expect(register.get(other)).toBeUndefined()
      expect(new Map([...register.entries()].map(([id, { text }]) => [id, text]))).toEqual(all)
    }),
  )
})
