/** The two databases the product runs on, for tests that must pass on both. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { inject } from 'vitest'
import { migrate } from '#db/migrate.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import { createDatabase } from './postgres.ts'

export const DATABASE_KINDS = ['pglite', 'postgres'] as const
export type DatabaseKind = (typeof DATABASE_KINDS)[number]

/** How `openDatabase` finds a database. */
export interface Where {
  databaseUrl?: string
  dataDir: string
}

export interface TestDatabase extends OpenDatabase {
  where: Where
  /** Closes it and throws its files away. */
  discard(): Promise<void>
}

/** A new database with the product's tables. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const where = await newDatabase(kind)
  const open = await openDatabase(where)
  await migrate(open.db)
  return {
    ...open,
    where,
    async discard() {
      await open.close()
      await rm(where.dataDir, { recursive: true, force: true })
    },
  }
}

/** A new database, not opened yet. Its `dataDir` is the test's to throw away. */
export async function newDatabase(kind: DatabaseKind): Promise<Where> {
  if (kind === 'pglite') return { dataDir: await newDataDir() }
  const dataDir = await mkdtemp(path.join(inject('runDir'), 'unused-'))
  return { dataDir, databaseUrl: await createDatabase(inject('postgresUrl')) }
}

/** A data directory with an embedded database in it. Making one takes seconds, copying the one of the run does not. */
export async function newDataDir(): Promise<string> {
  const dataDir = await mkdtemp(path.join(inject('runDir'), 'data-'))
  await cp(path.join(inject('runDir'), 'template'), dataDir, { recursive: true })
  return dataDir
}
