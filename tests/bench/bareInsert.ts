/** The reference of whatever writes: the plain statement that puts events into the same table. */
import type { CloudEvent } from '#server/demo/feeds.ts'

const COLUMNS = 8

/** An INSERT of so many rows, each with the values of `rowOf`. */
export function insertStatement(rows: number): string {
  const values = Array.from({ length: rows }, (_, row) => {
    const parameters = Array.from({ length: COLUMNS }, (_, column) => `$${row * COLUMNS + column + 1}`)
    return `(${parameters.join(', ')})`
  })
  return `insert into events (shop_id, seq, recorded_at, time, source, id, subject, body) values ${values.join(', ')}`
}

/** @param body the event as JSON text */
export function rowOf(shopId: number, seq: number, event: CloudEvent, body: string): unknown[] {
  const time = Date.parse(event.time)
  return [shopId, seq, Math.max(time, Date.now()), time, event.source, event.id, event.subject, body]
}
