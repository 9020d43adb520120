/** Reports that are kept: those of periods that are over. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

export interface ReportPlace {
  shopId: number
  period: string
  timezone: string
  version: string
}

/** Its JSON, if it is kept. */
export async function findReport(db: Kysely<Database>, place: ReportPlace): Promise<string | undefined> {
  const row = await db
    .selectFrom('reports')
    .select('body')
    .where('shop_id', '=', place.shopId)
    .where('period', '=', place.period)
    .where('timezone', '=', place.timezone)
    .where('version', '=', place.version)
    .executeTakeFirst()
  return row?.body
}

/** One of another release, by what its version ends with. */
export async function findEarlierReport(
  db: Kysely<Database>,
  { shopId, period }: Pick<ReportPlace, 'shopId' | 'period'>,
  versionEnds: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('reports')
    .select('body')
    .where('shop_id', '=', shopId)
    .where('period', '=', period)
    .where('version', 'like', `%${versionEnds}`)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body
}

export async function saveReport(db: Kysely<Database>, place: ReportPlace, body: string): Promise<void> {
  const { shopId, ...rest } = place
  await db
    .insertInto('reports')
    .values({ shop_id: shopId, ...rest, body })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Lets go of those of other versions; not of a shop whose log is cut, as there may be nothing to make them from. */
export async function deleteOtherReports(db: Kysely<Database>, version: string): Promise<void> {
  await db
    .deleteFrom('reports')
    .where('version', '!=', version)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('keeping')
            .select('keeping.shop_id')
            .whereRef('keeping.shop_id', '=', 'reports.shop_id')
            .where('keeping.base_seq', 'is not', null),
        ),
      ),
    )
    .execute()
}
