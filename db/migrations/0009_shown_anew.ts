/**
 * Views say more than they did: the checksums of those that were shown before would differ from what a replay shows, and
 * say nothing. Frozen: a later change is a later migration.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`delete from shown`.execute(db)
}
