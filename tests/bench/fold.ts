/** The fold with its clocks and timers over the demo's own day, against `JSON.parse` of the same lines. */
import { advance, apply, createFloor } from '#core/floor.ts'
import { Random } from '#core/random.ts'
import type { Benchmark } from './benchmark.ts'
import { DEMO_SHOP, demoDay, recorded } from './demoDay.ts'
import { alternate, seconds } from './measure.ts'
import { perSecond } from './table.ts'

const GOAL = 0.5
const WARM_UP_ROUNDS = 3
/** The young space of a process that is started as the server is. */
const YOUNG_BYTES = 32_000_000
const PIECE_BYTES = 1_000

export const fold: Benchmark = {
  name: 'fold',
  async run(quick) {
    const day = demoDay()
    const lines = day.map(({ event }) => JSON.stringify(event))
    const events = day.map((delivered, i) => recorded(delivered, i + 1))
    const end = (events.at(-1)?.recordedAt ?? 0) + 1

    const foldDay = () => {
      const floor = createFloor(DEMO_SHOP)
      for (const event of events) apply(floor, event)
      advance(floor, end)
      if (floor.seq !== events.length) throw new Error(`folded ${floor.seq} of ${events.length} events`)
    }
    const parseDay = () => {
      for (const line of lines) JSON.parse(line)
    }
    const random = new Random(3)
    const rate = async (work: () => void) => {
      litter(random.integer(0, YOUNG_BYTES))
      return lines.length / (await seconds(work))
    }

    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      foldDay()
      parseDay()
    }
    const { ours, reference, ratio } = await alternate(
      quick ? 5 : 51,
      () => rate(foldDay),
      () => rate(parseDay),
    )
    return [
      {
        what: `fold, events/s over the demo's day (${events.length.toLocaleString('en')} events)`,
        ours: perSecond(ours),
        reference: `JSON.parse ${perSecond(reference)}`,
        ratio,
        goal: `≥ ${GOAL} ×`,
        met: ratio >= GOAL,
      },
    ]
  },
}

/** What was made last, so that it has to be made. */
let made: number[] = []

/**
 * Fills the young space so far. Where in a day it is collected decides how much of the floor is copied: as every round
 * makes as much as the last, a process would otherwise have one such place for all its rounds, a lucky or an unlucky one.
 */
function litter(bytes: number): void {
  for (let left = bytes; left > 0; left -= PIECE_BYTES) made = new Array(PIECE_BYTES / 8).fill(left + made.length)
}
