/** The history of alerts: one row an alert, as it last was. */
import { type Kysely, type Selectable, sql } from 'kysely'
import { texts } from './arrays.ts'
import type { Database } from './schema.ts'

export type AlertRow = Omit<Selectable<Database['alerts']>, 'shop_id'>

/** `retold`: what people did about it is as the row says that is there. */
export interface NewAlertRow extends AlertRow {
  retold: boolean
}

/** Writes the alerts as they now are; no two of one id. */
export async function saveAlerts(db: Kysely<Database>, shopId: number, rows: readonly NewAlertRow[]): Promise<void> {
  // As one JSON text: 15 parameters a row take longer to read than the rows to insert.
  await sql`
    insert into alerts (
      shop_id, id, opened_at, rule, subject, level, state, since, due_at, resolved_at, late_ms, withdrawn,
      acknowledged_by, agent, queue, handling
    )
    select ${shopId}::integer, n.id, n.opened_at, n.rule, n.subject, n.level, n.state, n.since, n.due_at, n.resolved_at,
      n.late_ms, n.withdrawn, coalesce(n.acknowledged_by, a.acknowledged_by), n.agent, n.queue,
      coalesce(n.handling, a.handling)
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (
      id text, opened_at bigint, rule text, subject text, level text, state text, since bigint, due_at bigint,
      resolved_at bigint, late_ms bigint, withdrawn boolean, acknowledged_by text, agent text, queue text,
      handling jsonb, retold boolean
    ) left join alerts a on n.retold and a.shop_id = ${shopId}::integer and a.id = n.id
    on conflict (shop_id, id) do update set
      opened_at = excluded.opened_at, level = excluded.level, state = excluded.state, since = excluded.since,
      due_at = excluded.due_at, resolved_at = excluded.resolved_at, late_ms = excluded.late_ms,
      withdrawn = excluded.withdrawn, acknowledged_by = excluded.acknowledged_by, agent = excluded.agent,
      queue = excluded.queue, handling = excluded.handling
  `.execute(db)
}

/** The notes of people that hold a text. */
export async function alertNotesWith(
  db: Kysely<Database>,
  shopId: number,
  text: string,
): Promise<{ id: string; note: string }[]> {
  const { rows } = await sql<{ id: string; note: string }>`
    select id, handling->>'note' as note from alerts
    where shop_id = ${shopId} and position(${text}::text in handling->>'note') > 0
  `.execute(db)
  return rows
}

export async function saveAlertNotes(
  db: Kysely<Database>,
  shopId: number,
  notes: readonly { id: string; note: string }[],
): Promise<void> {
  await sql`
    update alerts a set handling = jsonb_set(a.handling, '{note}', to_jsonb(n.note)) from unnest(
      ${texts(notes.map(({ id }) => id))}::text[], ${texts(notes.map(({ note }) => note))}::text[]
    ) as n (id, note) where a.shop_id = ${shopId} and a.id = n.id
  `.execute(db)
}

/** Lets go of the alerts that opened after an instant. */
export async function deleteAlertsAfter(db: Kysely<Database>, shopId: number, openedAfter: number): Promise<void> {
  await db.deleteFrom('alerts').where('shop_id', '=', shopId).where('opened_at', '>', openedAfter).execute()
}

export interface AlertsWanted {
  /** Opened at or after, and before: epoch ms. */
  from: number
  to: number
  rule?: string | undefined
  /** The last one of the page before. */
  after?: { openedAt: number; id: string } | undefined
  limit: number
}

/** In order of opening. */
export async function listAlerts(db: Kysely<Database>, shopId: number, wanted: AlertsWanted): Promise<AlertRow[]> {
  const { from, to, rule, after, limit } = wanted
  let query = db
    .selectFrom('alerts')
    .selectAll()
    .where('shop_id', '=', shopId)
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
  if (rule !== undefined) query = query.where('rule', '=', rule)
  if (after !== undefined) query = query.where(sql<boolean>`(opened_at, id) > (${after.openedAt}::bigint, ${after.id})`)
  return await query.orderBy('opened_at').orderBy('id').limit(limit).execute()
}
