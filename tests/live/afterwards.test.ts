import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Afterwards, MOST_MS, REST_MS } from '#server/archive/afterwards.ts'
import { HandClock } from '../support/handClock.ts'

/** Work that ends when told to. */
function work() {
  let end = () => {}
  let fail = (_: Error) => {}
  const done = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = reject
  })
  return { done, end, fail }
}

/** Old enough that only a full collection finds it. */
const waste = () => new WeakRef(Array.from({ length: 300_000 }, (_, i) => ({ text: `x${i}` })))

function setUp() {
  const clock = new HandClock(0)
  let given = 0
  const afterwards = new Afterwards(clock, async () => void given++)
  return { clock, afterwards, given: () => given }
}

describe('what looks at the past leave in memory', () => {
  test('[archive] is given back once, when nothing has been asked for a while', async () => {
    const { clock, afterwards, given } = setUp()
    await afterwards.of(Promise.resolve())
    clock.turnBy(REST_MS - 1)
    expect(given()).toBe(0)
    clock.turnBy(1)
    expect(given()).toBe(1)
    clock.turnBy(10 * REST_MS)
    expect(given()).toBe(1)
  })

  test('[archive] is not while something is under way, however long, nor between two that follow each other', async () => {
    const { clock, afterwards, given } = setUp()
    const [long, short] = [work(), work()]
    const both = [afterwards.of(long.done), afterwards.of(short.done)]
    short.end()
    await both[1]
    clock.turnBy(3 * REST_MS)
    expect(given()).toBe(0)
    long.end()
    await both[0]
    clock.turnBy(REST_MS - 1)
    await afterwards.of(Promise.resolve())
    clock.turnBy(REST_MS - 1)
    expect(given()).toBe(0)
  })

  test('[archive] is given back within a minute where somebody always asks a little', async () => {
    const { clock, afterwards, given } = setUp()
    for (let asked = 0; asked < MOST_MS; asked += REST_MS / 2) {
      expect(given()).toBe(0)
      await afterwards.of(Promise.resolve())
      clock.turnBy(REST_MS / 2)
    }
    expect(given()).toBe(1)
  })

  test('[archive] is also given back after work that failed, and the failure is told', async () => {
    const { clock, afterwards, given } = setUp()
    await expect(afterwards.of(Promise.reject(new Error('no log')))).rejects.toThrow('no log')
    clock.turnBy(REST_MS)
    expect(given()).toBe(1)
  })

  test('[archive] is less by what nobody holds', async () => {
    const clock = new HandClock(0)
    const held = waste()
    await new Afterwards(clock).of(Promise.resolve())
    // What a weak reference was made of, or showed, is there until the turn is over.
    await nextTurn()
    clock.turnBy(REST_MS)
    await nextTurn()
    expect(held.deref()).toBeUndefined()
  })
})
