import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statesAfter } from '#core/conversationStates.ts'
import { apply, createFloor } from '#core/floor.ts'
import { randomDay } from '../support/days.ts'

test('[report] where a conversation stood, read from its turns, is where the fold has it', () => {
  let compared = 0
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const { config, events } = randomDay(seed)
      const floor = createFloor(config)
      for (const event of events) {
        apply(floor, event)
        for (const c of floor.conversations.out()) {
          const last = [...statesAfter(c.turns)].at(-1)
          expect(last?.open ?? false, c.id).toBe(c.open)
          if (!c.open) continue
          expect([last?.queue, last?.agent], c.id).toEqual([c.queue, c.agent])
          compared++
        }
      }
    }),
    { numRuns: 20 },
  )
  expect(compared).toBeGreaterThan(1_000)
})
