/** The two databases the product runs on, for tests that must pass on both. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { migrate } from '#db/migrate.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import { createDatabase } from './postgres.ts'

export const DATABASE_KINDS = ['pglite', 'postgres'] as const
export type DatabaseKind = (typeof DATABASE_KINDS)[number]

export interface TestDatabase extends OpenDatabase {
  /** How to open the same database again, once this one is closed. */
  where: { databaseUrl?: string; dataDir: string }
  /** Closes it and throws its files away. */
  discard(): Promise<void>
}

/** A new database with the product's tables. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'floorwatch-db-'))
  const where = kind === 'pglite' ? { dataDir } : { dataDir, databaseUrl: await createDatabase(inject('postgresUrl')) }
  const open = await openDatabase(where)
  await migrate(open.db)
  return {
    ...open,
    where,
    async discard() {
      await open.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
