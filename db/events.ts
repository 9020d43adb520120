/** The log itself: append and read. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from './schema.ts'

/** A row on its way in. `stamp` is the earliest its recorded_at may be; it rises with the rows before it. */
export interface NewEvent {
  time: number
  stamp: number
  source: string
  id: string
  subject: string
  body: string
}

export type EventRow = Pick<Selectable<Database['events']>, 'seq' | 'recorded_at' | 'time' | 'body'>

export type Appending =
  | { endsAt: number }
  /** For each row that was appended its index among the rows. */
  | { appended: { index: number; seq: number; recordedAt: number }[] }

/**
 * Appends, in one statement, those of the rows that are not there yet, numbered on from `head` without gaps.
 * No two of the rows may share source and id.
 * @returns where they went; or, with nothing appended, where the log ends when that is not at `head`
 */
export async function appendEvents(
  db: Kysely<Database>,
  shopId: number,
  head: { seq: number; recordedAt: number },
  rows: readonly NewEvent[],
): Promise<Appending> {
  // All rows travel as one JSON text and all places come back as one: as many parameters, or arrays of text, take
  // PostgreSQL and the driver longer to read than the rows take to insert.
  const result = await sql<{ ends_at: number; places: [ord: number, seq: number, recordedAt: number][] | null }>`
    with log as (
      select coalesce(max(seq), 0) as ends_at from events where shop_id = ${shopId}
    ), incoming as (
      select * from rows from (json_to_recordset(${JSON.stringify(rows)}::json) as (
        time bigint, stamp bigint, source text, id text, subject text, body text
      )) with ordinality as t (time, stamp, source, id, subject, body, ord)
    ), numbered as materialized (
      select *,
        ${head.seq}::bigint + row_number() over (order by ord) as seq,
        greatest(${head.recordedAt}::bigint, max(stamp) over (order by ord)) as recorded_at
      from incoming i
      where not exists (
        select from events e where e.shop_id = ${shopId} and e.source = i.source and e.id = i.id
      )
    ), inserted as (
      insert into events (shop_id, seq, recorded_at, time, source, id, subject, body)
      select ${shopId}::integer, seq, recorded_at, least(time, recorded_at), source, id, subject, body
      from numbered, log where ends_at = ${head.seq}::bigint order by ord
    )
    select ends_at, (select json_agg(json_build_array(ord, seq, recorded_at) order by ord) from numbered) as places
    from log
  `.execute(db)
  const { ends_at: endsAt, places } = result.rows[0]!
  if (endsAt !== head.seq) return { endsAt }
  return { appended: (places ?? []).map(([ord, seq, recordedAt]) => ({ index: ord - 1, seq, recordedAt })) }
}

/** The last event's place; undefined when the log is empty. */
export async function headOf(db: Kysely<Database>, shopId: number) {
  return await db
    .selectFrom('events')
    .select(['seq', 'recorded_at'])
    .where('shop_id', '=', shopId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Events after a seq, in order of seq. */
export async function readEvents(
  db: Kysely<Database>,
  shopId: number,
  after: number,
  limit: number,
): Promise<EventRow[]> {
  return await db
    .selectFrom('events')
    .select(['seq', 'recorded_at', 'time', 'body'])
    .where('shop_id', '=', shopId)
    .where('seq', '>', after)
    // As seq has no gaps this leaves nothing out; without it a planner that has no statistics sorts the rest of the log.
    .where('seq', '<=', after + limit)
    .orderBy('seq')
    .limit(limit)
    .execute()
}
