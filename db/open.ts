import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { Client } from './client.ts'
import { lockDirectory } from './directoryLock.ts'
import { makePglite } from './makePglite.ts'
import { openPglite } from './pglite.ts'
import { saidBy } from './saidBy.ts'
import type { Database } from './schema.ts'
import { StartupError } from './startupError.ts'
import { startUpkeep } from './upkeep.ts'

export interface OpenDatabase {
  db: Kysely<Database>
  /** PGlite has one connection: inside `db.transaction()` use the transaction only, or wait for ever. */
  kind: 'pglite' | 'postgres'
  /** Resolves when an embedded database has stopped by itself: nothing can be asked of it any more. */
  ended: Promise<StartupError>
  close(): Promise<void>
}

/**
 * Opens the PostgreSQL server of `databaseUrl`, or without one the embedded database in `dataDir`.
 * @throws StartupError when it cannot be used, with one line saying what to do
 */
export async function openDatabase(where: {
  databaseUrl?: string | undefined
  dataDir: string
}): Promise<OpenDatabase> {
  return where.databaseUrl ? openPostgres(where.databaseUrl) : openEmbedded(path.resolve(where.dataDir))
}

async function openEmbedded(dataDir: string): Promise<OpenDatabase> {
  const unlock = prepare(dataDir)
  try {
    const directory = path.join(dataDir, 'pglite')
    await makePglite(directory)
    const pglite = await openPglite(directory)
    const pool = new pg.Pool({
      ...createPgConfig(pglite),
      Client,
      max: 1,
      idleTimeoutMillis: 0,
      types,
    } as pg.PoolConfig)
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
    const endUpkeep = startUpkeep(db)
    let isOver = false
    return {
      db,
      kind: 'pglite',
      ended: pglite.ended.then((why) => {
        isOver = true
        return stopped(dataDir, why)
      }),
      async close() {
        endUpkeep()
        // What has stopped by itself would never answer.
        if (!isOver) {
          await db.destroy()
          await pglite.close()
        }
        unlock()
      },
    }
  } catch (cause) {
    unlock()
    if (cause instanceof StartupError) throw cause
    throw new StartupError(
      'damaged',
      `The database in ${dataDir} does not open (${saidBy(cause)}): restore it from a backup, or set DATA_DIR to an empty directory.`,
      { cause },
    )
  }
}

function stopped(dataDir: string, why: string): StartupError {
  const words = `The database in ${dataDir} has stopped (${why}).`
  return new StartupError('stopped', `${words} See that there is room on the disk, then start again: nothing is lost.`)
}

/** Makes the directory and takes it for this process; the lock is the first thing written there. */
function prepare(dataDir: string): () => void {
  try {
    mkdirSync(dataDir, { recursive: true })
    return lockDirectory(dataDir)
  } catch (cause) {
    if (cause instanceof StartupError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    const remedy = code === 'ENOSPC' || code === 'EDQUOT' ? 'make room there' : 'give this user the right to'
    throw new StartupError(
      'not_writable',
      `${dataDir} cannot be written (${code}): ${remedy}, or set DATA_DIR to another directory.`,
      { cause },
    )
  }
}

async function openPostgres(databaseUrl: string): Promise<OpenDatabase> {
  const pool = createPool(databaseUrl)
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num')
    checkVersion(Number(rows[0]?.server_version_num))
  } catch (error) {
    await pool.end()
    throw error instanceof StartupError ? error : explain(databaseUrl, error)
  }
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return { db, kind: 'postgres', ended: new Promise(() => {}), close: () => db.destroy() }
}

function createPool(databaseUrl: string): pg.Pool {
  try {
    return new pg.Pool({ connectionString: databaseUrl, Client, max: 10, connectionTimeoutMillis: 10_000, types })
  } catch (error) {
    throw explain(databaseUrl, error)
  }
}

/** @throws StartupError `too_old` for a server before PostgreSQL 15 */
export function checkVersion(serverVersionNum: number): void {
  if (serverVersionNum >= 150_000) return
  const version = Math.floor(serverVersionNum / 10_000)
  throw new StartupError('too_old', `The database is PostgreSQL ${version}: upgrade it to PostgreSQL 15 or later.`)
}

/** Names the server and never the password: the line may end in a log. */
function explain(databaseUrl: string, cause: unknown): StartupError {
  const code = (cause as { code?: string }).code
  const said = cause instanceof Error && cause.message ? cause.message : (code ?? String(cause))
  const url = URL.parse(databaseUrl)
  const server = url?.host || 'DATABASE_URL'
  const user = url?.username || 'this user'
  if (code === '28P01' || code === '28000')
    return new StartupError(
      'wrong_password',
      `${server} does not let ${user} in (${said}): check the user and password in DATABASE_URL.`,
      { cause },
    )
  if (code === '3D000')
    return new StartupError(
      'no_such_database',
      `${server} has no such database (${said}): create it, or correct the name in DATABASE_URL.`,
      { cause },
    )
  return new StartupError(
    'unreachable',
    `No PostgreSQL answers at ${server} (${said}): start it, or correct DATABASE_URL.`,
    { cause },
  )
}

/** `bigint` columns hold milliseconds and counts, all far below 2^53: read as numbers. The rest as pg does. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary' = 'text') =>
    oid === pg.types.builtins.INT8
      ? Number
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}
