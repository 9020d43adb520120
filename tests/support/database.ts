/** The two databases the product runs on, for tests that must pass on both. */
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
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

/**
 * A data directory with an embedded database in it. Making one takes seconds, copying one does not: the first that is
 * made in a run is the template for the rest.
 */
export async function newDataDir(): Promise<string> {
  const template = path.join(inject('runDir'), 'template')
  if (!existsSync(template)) await makeTemplate(template)
  const dataDir = await mkdtemp(path.join(inject('runDir'), 'data-'))
  await cp(template, dataDir, { recursive: true })
  return dataDir
}

/** Two workers may make one at the same time: the first to finish wins. */
async function makeTemplate(template: string): Promise<void> {
  const dataDir = await mkdtemp(`${template}-`)
  const { db, close } = await openDatabase({ dataDir })
  await migrate(db)
  await close()
  await rename(dataDir, template).catch((error) => {
    if (!existsSync(template)) throw error
  })
}
