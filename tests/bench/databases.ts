/** Two empty databases of one kind: one for the server that is measured, one for the reference. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '#db/migrate.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import { createDatabase, startPostgres } from '../support/postgres.ts'
import type { Where } from './childServer.ts'

export type Kind = 'PGlite' | 'PostgreSQL'

/** Both keep `fsync` on, as in production. What was made is removed when `work` is done. */
export async function withDatabases<T>(kind: Kind, work: (ours: Where, reference: Where) => Promise<T>): Promise<T> {
  if (kind === 'PostgreSQL') {
    const postgres = await startPostgres({ durable: true })
    try {
      return await work(
        { databaseUrl: await createDatabase(postgres.url) },
        { databaseUrl: await createDatabase(postgres.url) },
      )
    } finally {
      await postgres.stop()
    }
  }
  const directory = await mkdtemp(join(tmpdir(), 'floorwatch-bench-'))
  try {
    return await work({ dataDir: join(directory, 'ours') }, { dataDir: join(directory, 'reference') })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Opens the reference's database, with the tables and indexes of ours. */
export async function openBare(where: Where): Promise<OpenDatabase> {
  const database = await openDatabase('dataDir' in where ? where : { ...where, dataDir: '' })
  await migrate(database.db)
  return database
}
