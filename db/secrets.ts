/** What the server makes up once and has to know again after a restart. */
import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** The secret of a name; `made` is kept as it if there is none yet, whoever else starts at the same time. */
export async function secretOf(db: Kysely<Database>, name: string, made: string): Promise<string> {
  await db
    .insertInto('secrets')
    .values({ name, value: made })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return value
}
