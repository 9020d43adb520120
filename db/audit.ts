/** The record of who did what. Rows are only ever added: the table itself refuses anything else. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface AuditRow {
  id: number
  /** Epoch ms. */
  at: number
  actor: { kind: string; id?: string; name: string }
  action: string
  shop?: string
  target?: string
  detail?: string
  address?: string
}

export async function insertAudit(db: Kysely<Database>, row: Omit<AuditRow, 'id'>): Promise<void> {
  const { actor, at, action } = row
  await db
    .insertInto('audit')
    .values({
      at,
      action,
      actor_kind: actor.kind,
      actor_id: actor.id ?? null,
      actor_name: actor.name,
      shop: row.shop ?? null,
      target: row.target ?? null,
      detail: row.detail ?? null,
      address: row.address ?? null,
    })
    .execute()
}

export interface AuditAsked {
  shop?: string | undefined
  action?: string | undefined
  /** Epoch ms: from one instant to before another. */
  from?: number | undefined
  to?: number | undefined
  /** Older than the row of this id. */
  before?: number | undefined
  limit: number
}

/** The newest first. */
export async function listAudit(db: Kysely<Database>, asked: AuditAsked): Promise<AuditRow[]> {
  let query = db.selectFrom('audit').selectAll()
  if (asked.shop !== undefined) query = query.where('shop', '=', asked.shop)
  if (asked.action !== undefined) query = query.where('action', '=', asked.action)
  if (asked.from !== undefined) query = query.where('at', '>=', asked.from)
  if (asked.to !== undefined) query = query.where('at', '<', asked.to)
  if (asked.before !== undefined) query = query.where('id', '<', asked.before)
  const rows = await query.orderBy('id', 'desc').limit(asked.limit).execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    action: row.action,
    actor: { kind: row.actor_kind, name: row.actor_name, ...(row.actor_id !== null && { id: row.actor_id }) },
    ...(row.shop !== null && { shop: row.shop }),
    ...(row.target !== null && { target: row.target }),
    ...(row.detail !== null && { detail: row.detail }),
    ...(row.address !== null && { address: row.address }),
  }))
}
