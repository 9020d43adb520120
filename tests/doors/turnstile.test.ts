import { expect, test } from 'vitest'
import { Turnstile } from '#server/live/turnstile.ts'

test('[limits] an address holds so many connections and no more, until one leaves', () => {
  const turnstile = new Turnstile({ now: () => 0 })
  const entered = Array.from({ length: 5_001 }, () => turnstile.enter('10.0.0.1'))
  expect(entered.filter(Boolean)).toHaveLength(5_000)
  expect(turnstile.enter('10.0.0.2')).toBe(true)
  turnstile.leave('10.0.0.1')
  turnstile.leave('10.0.0.1')
  expect(turnstile.enter('10.0.0.1')).toBe(true)
})

test('[limits] a connection may ask so often a minute', () => {
  let now = 0
  const turnstile = new Turnstile({ now: () => now })
  const asked = Array.from({ length: 601 }, () => turnstile.asks('a'))
  expect(asked.indexOf(false)).toBe(600)
  expect(turnstile.asks('b')).toBe(true)
  now = 60_000
  expect(turnstile.asks('a')).toBe(true)
})
