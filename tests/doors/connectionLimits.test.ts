import { expect, test } from 'vitest'
import { ConnectionLimits } from '#server/live/connectionLimits.ts'

test('[limits] an address holds so many connections and no more, until one leaves', () => {
  const limits = new ConnectionLimits({ now: () => 0 })
  const entered = Array.from({ length: 5_001 }, () => limits.enter('10.0.0.1'))
  expect(entered.filter(Boolean)).toHaveLength(5_000)
  expect(limits.enter('10.0.0.2')).toBe(true)
  limits.leave('10.0.0.1')
  limits.leave('10.0.0.1')
  expect(limits.enter('10.0.0.1')).toBe(true)
})

test('[limits] a connection may ask so often a minute', () => {
  let now = 0
  const limits = new ConnectionLimits({ now: () => now })
  const asked = Array.from({ length: 601 }, () => limits.asks('a'))
  expect(asked.indexOf(false)).toBe(600)
  expect(limits.asks('b')).toBe(true)
  now = 60_000
  expect(limits.asks('a')).toBe(true)
})
