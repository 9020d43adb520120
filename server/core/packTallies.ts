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

interface WrittenResponse {
  today: { count: number; met: number }
  answers: [number, number][]
  recent: Mark[]
}

function packResponse({ today, answers, recent }: Response): WrittenResponse {
  return { today, answers: answers.entries(), recent: recent.marks() }
}

function unpackResponse(packed: unknown): Response {
  const written = packed as WrittenResponse
  const response = new Response()
  response.today = written.today
  response.answers = Histogram.from(written.answers)
  response.recent = new Recent()
  for (const { at, queue, met, ms } of written.recent) {
    const mark: Mark = { at, queue }
    if (met !== undefined) mark.met = met
    if (ms !== undefined) mark.ms = ms
    response.recent.add(mark, Number.NEGATIVE_INFINITY)
  }
  return response
}
