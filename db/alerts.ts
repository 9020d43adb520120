/** The history of alerts: one row an alert, as it last was. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from './schema.ts'

export type AlertRow = Omit<Selectable<Database['alerts']>, 'shop_id'>

/** Rows to an insert: PostgreSQL takes at most 65,535 parameters. */
const ROWS = 500

/** Writes the alerts as they now are. */
export async function saveAlerts(db: Kysely<Database>, shopId: number, rows: readonly AlertRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS) {
    await db
      .insertInto('alerts')
      .values(rows.slice(i, i + ROWS).map((row) => ({ shop_id: shopId, ...row })))
      .onConflict((conflict) =>
        conflict.columns(['shop_id', 'id']).doUpdateSet((eb) => ({
          opened_at: eb.ref('excluded.opened_at'),
          level: eb.ref('excluded.level'),
          state: eb.ref('excluded.state'),
          since: eb.ref('excluded.since'),
          due_at: eb.ref('excluded.due_at'),
          resolved_at: eb.ref('excluded.resolved_at'),
          late_ms: eb.ref('excluded.late_ms'),
          withdrawn: eb.ref('excluded.withdrawn'),
          acknowledged_by: eb.ref('excluded.acknowledged_by'),
          agent: eb.ref('excluded.agent'),
          queue: eb.ref('excluded.queue'),
        })),
      )
      .execute()
  }
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
