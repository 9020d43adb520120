/** An agent's day laid out along a line of time. */
import type { AgentDay } from '#core/agentDay.ts'

const HOUR_MS = 3_600_000

interface Span {
  from: string
  to?: string
}

/** From the hour in which the day began for the agent, up to now. Epoch ms. */
export function axisOf(day: AgentDay): { from: number; to: number; hours: { at: string }[] } {
  const dayStart = Date.parse(day.dayStart)
  const at = Date.parse(day.at)
  const first = day.statuses.find(({ status }) => status !== 'offline')?.from ?? day.responses[0]?.at ?? day.dayStart
  const begun = Math.max(dayStart, Math.min(Date.parse(first), at))
  const from = dayStart + Math.floor((begun - dayStart) / HOUR_MS) * HOUR_MS
  const to = Math.max(at, from + HOUR_MS)
  const every = Math.max(1, Math.ceil((to - from) / HOUR_MS / 12))
  const hours: { at: string }[] = []
  for (let hour = from; hour < to; hour += every * HOUR_MS) hours.push({ at: new Date(hour).toISOString() })
  return { from, to, hours }
}

/** Spans as far as they lie within the day so far, each with its end. */
export function spansOf<T extends Span>(spans: readonly T[], day: AgentDay): (T & { to: string })[] {
  const { from } = axisOf(day)
  return spans
    .map((span) => {
      const begun = Math.max(from, Date.parse(span.from))
      return { ...span, from: new Date(begun).toISOString(), to: span.to ?? day.at }
    })
    .filter((span) => span.to > span.from)
}

/** How long the spans last within today so far, ms. */
export function covered(spans: readonly Span[], day: AgentDay): number {
  const dayStart = Date.parse(day.dayStart)
  return spans.reduce((sum, { from, to = day.at }) => {
    return sum + Math.max(0, Date.parse(to) - Math.max(dayStart, Date.parse(from)))
  }, 0)
}

/** The load as the `d` of a path: level until it changes. */
export function stepsOf(day: AgentDay, x: (at: string) => number, y: (active: number) => number): string {
  const { from } = axisOf(day)
  let path = ''
  for (const { at, active } of day.load) {
    const px = Math.max(0, x(Date.parse(at) < from ? new Date(from).toISOString() : at)).toFixed(1)
    path += path === '' ? `M${px} ${y(active).toFixed(1)}` : `H${px}V${y(active).toFixed(1)}`
  }
  return path === '' ? '' : `${path}H${x(day.at).toFixed(1)}`
}
