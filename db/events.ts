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
  const column = <K extends keyof NewEvent>(name: K) => rows.map((row) => row[name])
  const result = await sql<{ ends_at: number; index: number | null; seq: number; recorded_at: number }>`
    with log as (
      select coalesce(max(seq), 0) as ends_at from events where shop_id = ${shopId}
    ), incoming as (
      select * from unnest(
        ${column('time')}::bigint[], ${column('stamp')}::bigint[], ${column('source')}::text[],
        ${column('id')}::text[], ${column('subject')}::text[], ${column('body')}::text[]
      ) with ordinality as t (time, stamp, source, id, subject, body, ord)
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
    select ends_at, (ord - 1)::integer as index, seq, recorded_at from log left join numbered on true order by ord
  `.execute(db)
  const endsAt = result.rows[0]?.ends_at ?? 0
  if (endsAt !== head.seq) return { endsAt }
  return {
    appended: result.rows.flatMap(({ index, seq, recorded_at }) =>
      index === null ? [] : { index, seq, recordedAt: recorded_at },
    ),
  }
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
    .orderBy('seq')
    .limit(limit)
    .execute()
}
