/** Commands: their answers, and what they wrote into the log. */
import type { Kysely } from 'kysely'
import { OWN_SOURCE } from '#core/events.ts'
import type { Database } from './schema.ts'

/** What a command was answered, as JSON. */
export async function findAnswer(db: Kysely<Database>, shopId: number, id: string): Promise<unknown> {
  const row = await db
    .selectFrom('commands')
    .select('answer')
    .where('shop_id', '=', shopId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.answer
}

/** The first answer stays. */
export async function saveAnswer(
  db: Kysely<Database>,
  shopId: number,
  { id, answer, answeredAt }: { id: string; answer: unknown; answeredAt: number },
): Promise<void> {
  await db
    .insertInto('commands')
    .values({ shop_id: shopId, id, answer: JSON.stringify(answer), answered_at: answeredAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Events that we wrote ourselves, by their ids, in order. */
export async function findOwnEvents(
  db: Kysely<Database>,
  shopId: number,
  ids: readonly string[],
): Promise<{ seq: number; body: string }[]> {
  return await db
    .selectFrom('events')
    .select(['seq', 'body'])
    .where('shop_id', '=', shopId)
    .where('source', '=', OWN_SOURCE)
    .where('id', 'in', ids)
    .orderBy('seq')
    .execute()
}

/** The body of the last event about a subject that we wrote ourselves. */
export async function lastOwnEvent(db: Kysely<Database>, shopId: number, subject: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('events')
    .select('body')
    .where('shop_id', '=', shopId)
    .where('subject', '=', subject)
    .where('source', '=', OWN_SOURCE)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.body
}
