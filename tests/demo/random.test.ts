import { describe, expect, test } from 'vitest'
import { Random } from '#core/random.ts'

describe('[random] chance from a seed', () => {
  test('gives the same numbers for the same seed, others for another', () => {
    const numbers = (seed: number) =>
      Array.from(
        { length: 20 },
        (
          (random) => () =>
            random.next()
        )(new Random(seed)),
      )
    expect(numbers(7)).toEqual(numbers(7))
    expect(numbers(7)).not.toEqual(numbers(8))
  })

  test('goes on from its state as if it had never stopped', () => {
    const one = new Random(1)
    for (let i = 0; i < 100; i++) one.next()
    const other = new Random(JSON.parse(JSON.stringify(one.state)))
    for (let i = 0; i < 100; i++) expect(other.next()).toBe(one.next())
  })

  test('stays within what was asked for, and reaches both ends of whole numbers', () => {
    const random = new Random(3)
    const dice = new Set<number>()
    for (let i = 0; i < 10_000; i++) {
      const number = random.next()
      expect(number >= 0 && number < 1).toBe(true)
      expect(random.exponential(5)).toBeGreaterThanOrEqual(0)
      dice.add(random.integer(1, 6))
    }
    expect([...dice].sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('has the mean it should', () => {
    const random = new Random(5)
    let sum = 0
    for (let i = 0; i < 100_000; i++) sum += random.exponential(10)
    expect(sum / 100_000).toBeGreaterThan(9.8)
    expect(sum / 100_000).toBeLessThan(10.2)
  })
})
