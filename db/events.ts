/** The log itself: append and read. */
import { type Kysely, type Selectable, sql } from 'kysely'
import { OWN_SOURCE, type OwnEventType } from '#core/events.ts'
import { bigints, texts } from './arrays.ts'
import type { Database } from './schema.ts'

/** A row on its way in; its seq comes from its place. */
export type NewEvent = Omit<Selectable<Database['events']>, 'shop_id' | 'seq'>

export type EventRow = Pick<Selectable<Database['events']>, 'seq' | 'recorded_at' | 'time' | 'body'>

/** The unique key that makes a second delivery a duplicate. */
export const DELIVERED_ONCE = 'events_delivered_once'

/**
 * Appends the rows in one statement, numbered on from `headSeq`, if the log ends there; else none of them.
 * @returns where the log ended
 * @throws a violation of `DELIVERED_ONCE` when one of them is in the log already: looking each up before would cost
 * every append a sixth
 */
export async function appendEvents(
  db: Kysely<Database>,
  shopId: number,
  headSeq: number,
  rows: readonly NewEvent[],
): Promise<number> {
  const column = <Name extends keyof NewEvent>(name: Name) => rows.map((row) => row[name])
  const result = await sql<{ ends_at: number }>`/* keep append_events */
    with log as (
      select coalesce(max(seq), 0) as ends_at from events where shop_id = ${shopId}
    ), inserted as (
      insert into events (shop_id, seq, recorded_at, time, source, id, subject, body)
      select ${shopId}::integer, ${headSeq}::bigint + ord, recorded_at, time, source, id, subject, body
      from unnest(
        ${bigints(column('recorded_at'))}::bigint[], ${bigints(column('time'))}::bigint[],
        ${texts(column('source'))}::text[], ${texts(column('id'))}::text[],
        ${texts(column('subject'))}::text[], ${texts(column('body'))}::text[]
      ) with ordinality as t (recorded_at, time, source, id, subject, body, ord), log
      where ends_at = ${headSeq}::bigint
    )
    select ends_at from log
  `.execute(db)
  return result.rows[0]!.ends_at
}

/** Which of the events are in the log, by their places in the list. */
export async function eventsThere(
  db: Kysely<Database>,
  shopId: number,
  events: readonly Pick<NewEvent, 'source' | 'id'>[],
): Promise<Set<number>> {
  // Each is looked up by itself: the limit says nothing, but keeps a planner that saw an empty table, or has no
  // statistics of a full one, from reading the whole of it instead.
  const { rows } = await sql<{ place: number }>`
    /* keep events_there */ select ord::integer - 1 as place from unnest(
      ${texts(events.map(({ source }) => source))}::text[], ${texts(events.map(({ id }) => id))}::text[]
    ) with ordinality as t (source, id, ord) cross join lateral (
      select from events e where e.shop_id = ${shopId} and e.source = t.source and e.id = t.id limit 1
    ) e
  `.execute(db)
  return new Set(rows.map(({ place }) => place))
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

/** Stands between two events of a page: JSON has it nowhere. */
export const EVENT_END = '\u001e'

/**
 * The next `limit` events after a seq, in order, those recorded up to an instant, as one text: of each its seq, recorded_at, time and body with a space
 * between, and `EVENT_END` between two events. For a driver a field costs more than what is in it.
 */
export async function readEvents(
  db: Kysely<Database>,
  shopId: number,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<string> {
  // As seq has no gaps the range is the limit, and a planner that has no statistics does not sort the rest of the log.
  const { rows } = await sql<{ page: string | null }>`
    /* keep read_events */ select string_agg(seq || ' ' || recorded_at || ' ' || time || ' ' || body, ${EVENT_END} order by seq) as page
    from events where shop_id = ${shopId} and seq > ${after} and seq <= ${after + limit} and recorded_at <= ${upTo}
  `.execute(db)
  return rows[0]?.page ?? ''
}

/** The next events after a seq, up to another; where a log was cut there are gaps. In order. */
export async function readEventsLeft(
  db: Kysely<Database>,
  shopId: number,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<EventRow[]> {
  return await rowsOf(db, shopId)
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The last events of a type that the product wrote itself about a subject, in order. */
export async function readOwnEvents(
  db: Kysely<Database>,
  shopId: number,
  subject: string,
  type: OwnEventType,
  limit: number,
): Promise<EventRow[]> {
  const rows = await rowsOf(db, shopId)
    .where('subject', '=', subject)
    .where('source', '=', OWN_SOURCE)
    // Only as a field of its own: quotes within a text are escaped.
    .where('body', 'like', `%"type":"${type}"%`)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

/** The seq of the last event recorded before an instant; 0 when there is none. */
export async function lastSeqBefore(db: Kysely<Database>, shopId: number, instant: number): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select((e) => e.fn.max('seq').as('seq'))
    .where('shop_id', '=', shopId)
    .where('recorded_at', '<', instant)
    .executeTakeFirst()
  return Number(row?.seq ?? 0)
}

/** The first events that name a subject, recorded from one instant to before another, in order. */
export async function readEventsOfWithin(
  db: Kysely<Database>,
  shopId: number,
  subject: string,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<EventRow[]> {
  return await rowsOf(db, shopId)
    .where('subject', '=', subject)
    .where('recorded_at', '>=', from)
    .where('recorded_at', '<', to)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The first events of a subject up to a seq, in order; of several kinds of subject, if they share an id. */
export async function readEventsOf(
  db: Kysely<Database>,
  shopId: number,
  subject: string,
  upToSeq: number,
  limit: number,
): Promise<EventRow[]> {
  return await rowsOf(db, shopId)
    .where('subject', '=', subject)
    .where('seq', '<=', upToSeq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The first events of several subjects, in order. */
export async function readEventsOfAny(
  db: Kysely<Database>,
  shopId: number,
  subjects: readonly string[],
  limit: number,
): Promise<EventRow[]> {
  return await rowsOf(db, shopId).where('subject', 'in', subjects).orderBy('seq').limit(limit).execute()
}

const rowsOf = (db: Kysely<Database>, shopId: number) =>
  db.selectFrom('events').select(['seq', 'recorded_at', 'time', 'body']).where('shop_id', '=', shopId)
