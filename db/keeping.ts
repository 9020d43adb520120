/** How long a shop keeps what, where its log begins, and what there is of it. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Days; left out: for ever. */
export interface KeepingSettings {
  eventsDays?: number
  snapshotsDays?: number
  reportsDays?: number
}

/** The log has no event up to `seq` any more: a floor saved there stands for them. Views are kept since `from`, epoch ms. */
export interface Cut {
  seq: number
  from: number
}

export async function findKeeping(
  db: Kysely<Database>,
  shopId: number,
): Promise<{ settings: KeepingSettings; cut: Cut | undefined }> {
  const row = await db.selectFrom('keeping').selectAll().where('shop_id', '=', shopId).executeTakeFirst()
  if (row === undefined) return { settings: {}, cut: undefined }
  const { events_days, snapshots_days, reports_days, base_seq, kept_from } = row
  return {
    settings: {
      ...(events_days !== null && { eventsDays: events_days }),
      ...(snapshots_days !== null && { snapshotsDays: snapshots_days }),
      ...(reports_days !== null && { reportsDays: reports_days }),
    },
    cut: base_seq === null || kept_from === null ? undefined : { seq: base_seq, from: kept_from },
  }
}

export async function saveKeeping(db: Kysely<Database>, shopId: number, settings: KeepingSettings): Promise<void> {
  const { eventsDays = null, snapshotsDays = null, reportsDays = null } = settings
  const row = { events_days: eventsDays, snapshots_days: snapshotsDays, reports_days: reportsDays }
  await db
    .insertInto('keeping')
    .values({ shop_id: shopId, ...row, kept_from: null, base_seq: null })
    .onConflict((conflict) => conflict.column('shop_id').doUpdateSet(row))
    .execute()
}

/** From now on the log begins after the cut; what lies before it may be deleted, bit by bit. */
export async function saveCut(db: Kysely<Database>, shopId: number, { seq, from }: Cut): Promise<void> {
  await db.updateTable('keeping').set({ base_seq: seq, kept_from: from }).where('shop_id', '=', shopId).execute()
}

/**
 * Deletes some of the events up to a seq, the oldest first; never the last of the log, which says where it goes on, nor
 * what changed the shop or its handbook, nor what people wrote about a report.
 * @returns how many
 */
export async function deleteSomeEvents(
  db: Kysely<Database>,
  shopId: number,
  upTo: number,
  own: { source: string; subject: string },
  most: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from events where shop_id = ${shopId} and seq in (
      select seq from events where shop_id = ${shopId} and seq <= ${upTo}
        and seq < (select max(seq) from events where shop_id = ${shopId})
        and not (source = ${own.source} and (subject = ${own.subject} or subject like 'report/%'))
      order by seq limit ${most}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0)
}

/**
 * Deletes some of what hangs on days that are not kept any more: refused events, checksums, answers to commands, alerts
 * that are over. @returns how many
 */
export async function deleteSomeTraces(
  db: Kysely<Database>,
  shopId: number,
  before: number,
  most: number,
): Promise<number> {
  const some = async (table: keyof Database, which: RawBuilder<unknown>) => {
    const ofShop = sql`shop_id = ${shopId} and ${which} limit ${most}`
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)} where ${ofShop}))
    `.execute(db)
    return Number(numAffectedRows ?? 0)
  }
  const rejected = await some('rejected', sql`received_at < ${before}`)
  const shown = await some('shown', sql`at < ${before}`)
  const commands = await some('commands', sql`answered_at < ${before}`)
  return rejected + shown + commands + (await some('alerts', sql`resolved_at < ${before}`))
}

/** Snapshots before an instant or a seq that no later one goes back to; never the newest, nor the one of that seq. */
const oldSnapshots = (shopId: number, before: { at: number; seq: number }) => sql`
  with recursive kept as (
    select seq, base_seq from snapshots
      where shop_id = ${shopId} and seq >= ${before.seq} and (
        at >= ${before.at} or seq = ${before.seq} or seq = (select max(seq) from snapshots where shop_id = ${shopId})
      )
    union
    select s.seq, s.base_seq from kept k join snapshots s on s.shop_id = ${shopId} and s.seq = k.base_seq
  )
  select seq from snapshots where shop_id = ${shopId} and seq not in (select seq from kept)
`

/** @returns how many went */
export async function deleteSnapshots(
  db: Kysely<Database>,
  shopId: number,
  before: { at: number; seq: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from snapshots where shop_id = ${shopId} and seq in (${oldSnapshots(shopId, before)})
  `.execute(db)
  return Number(numAffectedRows ?? 0)
}

export async function sizeOfSnapshots(
  db: Kysely<Database>,
  shopId: number,
  before?: { at: number; seq: number },
): Promise<{ snapshots: number; snapshotBytes: number }> {
  const which = before === undefined ? sql`true` : sql`seq in (${oldSnapshots(shopId, before)})`
  const { rows } = await sql<{ n: number; bytes: string | null }>`
    select count(*) as n, sum(octet_length(bytes) + octet_length(front)) as bytes from snapshots
      where shop_id = ${shopId} and ${which}
  `.execute(db)
  return { snapshots: rows[0]?.n ?? 0, snapshotBytes: Number(rows[0]?.bytes ?? 0) }
}

/** Bytes of an event, on the average of the last ones: all of them are too many to be weighed. */
export async function meanEventBytes(db: Kysely<Database>, shopId: number): Promise<number> {
  const { rows } = await sql<{ mean: string | null }>`
    select avg(octet_length(body)) as mean from (
      select body from events where shop_id = ${shopId} order by seq desc limit 500
    ) as last
  `.execute(db)
  return Number(rows[0]?.mean ?? 0)
}

/** Epoch ms of the first snapshot after a seq. */
export async function firstSnapshotAt(
  db: Kysely<Database>,
  shopId: number,
  after: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('snapshots')
    .select(({ fn }) => fn.min('at').as('at'))
    .where('shop_id', '=', shopId)
    .where('seq', '>', after)
    .executeTakeFirst()
  return row?.at ?? undefined
}

/** The periods of the reports that are kept. */
export async function reportPeriods(db: Kysely<Database>, shopId: number): Promise<string[]> {
  const rows = await db.selectFrom('reports').select('period').distinct().where('shop_id', '=', shopId).execute()
  return rows.map(({ period }) => period)
}

export async function deleteReports(db: Kysely<Database>, shopId: number, periods: readonly string[]): Promise<void> {
  if (periods.length === 0) return
  await db.deleteFrom('reports').where('shop_id', '=', shopId).where('period', 'in', periods).execute()
}
