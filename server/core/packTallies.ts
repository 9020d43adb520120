/** The figures of the day and of the last 15 minutes, as JSON and back. */
import { Histogram } from './histogram.ts'
import { type Mark, Recent } from './recent.ts'
import { Response, Tallies } from './tallies.ts'

const MAPS = ['rules', 'queueFirst', 'agentFirst', 'abandoned', 'autoReplies'] as const

export function packTallies(tallies: Tallies): unknown {
  const maps = Object.fromEntries(MAPS.map((name) => [name, [...tallies[name]]]))
  const { day, dayStart, dayEnd } = tallies
  return { day, dayStart, dayEnd, ...maps, first: packResponse(tallies.first), reply: packResponse(tallies.reply) }
}

export function unpackTallies(packed: unknown): Tallies {
  const written = packed as Record<string, unknown>
  const tallies = new Tallies()
  tallies.day = written.day as number
  tallies.dayStart = (written.dayStart as number | null) ?? Number.NaN
  tallies.dayEnd = (written.dayEnd as number | null) ?? Number.NEGATIVE_INFINITY
  for (const name of MAPS) Object.assign(tallies, { [name]: new Map(written[name] as []) })
  tallies.first = unpackResponse(written.first)
  tallies.reply = unpackResponse(written.reply)
  return tallies
}

/** ms after the mark before, then queue, met and ms as far as they apply. */
type WrittenMark = [after: number, queue: string | null, met: boolean | null, ms: number | null]

interface WrittenResponse {
  today: { count: number; met: number }
  answers: [number, number][]
  /** Four values a mark. */
  recent: WrittenMark[number][]
}

function packResponse({ today, answers, recent }: Response): WrittenResponse {
  let before = 0
  const marks = recent.marks().flatMap(({ at, queue, met, ms }): WrittenMark => {
    const after = at - before
    before = at
    return [after, queue ?? null, met ?? null, ms ?? null]
  })
  return { today, answers: answers.entries(), recent: marks }
}

function unpackResponse(packed: unknown): Response {
  const written = packed as WrittenResponse
  const response = new Response()
  response.today = written.today
  response.answers = Histogram.from(written.answers)
  response.recent = new Recent()
  let at = 0
  for (let i = 0; i < written.recent.length; i += 4) {
    const { [i]: after, [i + 1]: queue, [i + 2]: met, [i + 3]: ms } = written.recent
    at += after as WrittenMark[0]
    const mark = { at, queue: queue ?? undefined, met: met ?? undefined, ms: ms ?? undefined } as Mark
    response.recent.add(mark, Number.NEGATIVE_INFINITY)
  }
  return response
}
