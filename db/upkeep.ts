/** What a PostgreSQL server does by itself in the background, and an embedded one is never asked to. */
import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** A checkpoint holds everything up for a moment that grows with this. */
const WAL_BYTES = 16 * 1024 * 1024
const LOOK_EVERY_MS = 10_000

/**
 * Keeps the write-ahead log short: it grows without end otherwise, and with it the time a start after a crash takes.
 * @returns ends it
 */
export function startUpkeep(db: Kysely<Database>): () => void {
  let busy = false
  const timer = setInterval(async () => {
    if (busy) return
    busy = true
    // A disk that is full, say, is found by the next append, which has someone to tell.
    await checkpointWhenDue(db, WAL_BYTES).catch(() => {})
    busy = false
  }, LOOK_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** Writes what is only in the write-ahead log to its place, if that is more than so many bytes. @returns whether it was */
export async function checkpointWhenDue(db: Kysely<Database>, walBytes: number): Promise<boolean> {
  const { rows } = await sql<{ bytes: string }>`
    select pg_current_wal_lsn() - redo_lsn as bytes from pg_control_checkpoint()
  `.execute(db)
  if (Number(rows[0]?.bytes) <= walBytes) return false
  await sql`checkpoint`.execute(db)
  return true
}
