/** Notes that were taken back. */
import type { Kysely } from 'kysely'
import { OWN_SOURCE } from '#core/events.ts'
import type { Database } from './schema.ts'

/** Of the notes about these subjects the ids of those that were withdrawn, whenever that was. */
export async function withdrawnNotes(
  db: Kysely<Database>,
  shopId: number,
  subjects: readonly string[],
): Promise<Set<string>> {
  if (subjects.length === 0) return new Set()
  const rows = await db
    .selectFrom('events')
    .select('body')
    .where('shop_id', '=', shopId)
    .where('subject', 'in', subjects)
    .where('source', '=', OWN_SOURCE)
    // Only as a field of its own: quotes within a text are escaped.
    .where('body', 'like', '%"withdrawn":true%')
    .execute()
  return new Set(rows.map(({ body }) => JSON.parse(body).data.was?.id as string))
}
