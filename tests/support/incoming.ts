import type { IncomingEvent } from '#server/log/log.ts'

/** An event for the log; what the test does not say does not matter to it. */
export function incoming(id: string, event: Partial<IncomingEvent> = {}): IncomingEvent {
  const { source = 'chat', type = 'message.received', subject = 'c1', time = 1_000 } = event
  const body = JSON.stringify({ specversion: '1.0', id, source, type, subject, time: new Date(time).toISOString() })
  return { id, source, type, subject, time, body, ...event }
}

export const live = (recordedAt: number) => ({ mode: 'live', recordedAt }) as const
export const backfill = (clock: number) => ({ mode: 'backfill', clock }) as const
