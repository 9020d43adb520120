import type { Row } from '#core/list.ts'

/**
 * How long a row has lasted, in ms by the wall clock: up to its answer, or to `now` (epoch ms) where there is none yet,
 * however long ago it was due.
 */
export function ageOf({ since, state, decidedAt, dueAt, lateMs }: Row, now: number): number | undefined {
  if (since === undefined) return undefined
  const end =
    state === 'met' && decidedAt !== undefined
      ? Date.parse(decidedAt)
      : state === 'breached' && dueAt !== undefined && lateMs !== undefined
        ? Date.parse(dueAt) + lateMs
        : now
  return Math.max(0, end - Date.parse(since))
}
