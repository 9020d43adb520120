/** A database that cannot be used says so in one line, and what to do. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { migrate } from '#db/migrate.ts'
import { checkVersion, openDatabase } from '#db/open.ts'
import { StartupError, type StartupProblem } from '#db/startupError.ts'
import { checkpointWhenDue } from '#db/upkeep.ts'
import { EventLog } from '#server/log/log.ts'
import { DATABASE_KINDS, newDatabase, newDataDir, openTestDatabase } from '../support/database.ts'
import { incoming, live } from '../support/incoming.ts'

const APPENDER = path.join(import.meta.dirname, '../support/appender.ts')

test('[start] a second opening of a data directory is refused, in the same process and in another', async () => {
  const dataDir = await newDataDir()
  const { close } = await openDatabase({ dataDir })
  const line = await refused({ dataDir }, 'in_use')
  expect(line).toContain(`in use by process ${process.pid}`)
  expect(line).toContain('DATA_DIR')
  const other = spawnSync(process.execPath, [APPENDER, JSON.stringify({ dataDir }), '1', '0'], { encoding: 'utf8' })
  expect(other.status).toBe(1)
  expect(other.stderr).toContain(line)
  await close()
  expect(readdirSync(dataDir)).toEqual(['pglite'])
})

test('[start] the directory of a process that was killed is taken over', async () => {
  const dataDir = await newDataDir()
  const child = spawn(process.execPath, [APPENDER, JSON.stringify({ dataDir }), '1', '0'])
  await once(child.stdout, 'data')
  expect(await refused({ dataDir }, 'in_use')).toContain(`process ${child.pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await (await openDatabase({ dataDir })).close()
})

test.each([
  ['a process that took over the number of the dead one', `${process.ppid} 1\n`],
  ['our own number from before a restart', `${process.pid} 1\n`],
  ['nobody, being empty', ''],
  ['nobody, being nonsense', 'no number\n'],
])('[start] a lock that names %s is taken over', async (_, content) => {
  const dataDir = await newDataDir()
  writeFileSync(path.join(dataDir, 'floorwatch.lock'), content)
  await (await openDatabase({ dataDir })).close()
})

test('[start] of several that find a dead lock at once, one gets the directory', async () => {
  const dataDir = await newDataDir()
  writeFileSync(path.join(dataDir, 'floorwatch.lock'), '999999999 1\n')
  const children = [1, 2, 3].map((life) =>
    spawn(process.execPath, [APPENDER, JSON.stringify({ dataDir }), '1', `${life}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  const outcomes = await Promise.all(
    children.map((child) =>
      Promise.race([once(child.stdout, 'data').then(() => 'ready'), once(child, 'exit').then(([code]) => code)]),
    ),
  )
  for (const child of children) child.kill('SIGKILL')
  expect(outcomes.sort()).toEqual([1, 1, 'ready'])
})

test('[start] the write-ahead log of the embedded database is cut once it has grown, and a stop leaves none', async () => {
  const { db, where, close } = await openTestDatabase('pglite')
  const log = new EventLog(db)
  await checkpointWhenDue(db, 0)
  expect(await checkpointWhenDue(db, 1_000_000)).toBe(false)
  const events = Array.from({ length: 5_000 }, (_, i) => incoming(`e${i}`))
  await log.append(1, { seq: 0, recordedAt: 0 }, [{ stamp: live(1), events }])
  expect(await checkpointWhenDue(db, 1_000_000)).toBe(true)
  expect(await checkpointWhenDue(db, 1_000_000)).toBe(false)
  await log.append(1, { seq: 5_000, recordedAt: 1 }, [{ stamp: live(2), events: [incoming('last')] }])
  await close()
  const again = await openDatabase(where)
  expect(await checkpointWhenDue(again.db, 10_000)).toBe(false)
  expect((await new EventLog(again.db).head(1)).seq).toBe(5_001)
  await again.close()
})

test('[start] a directory that cannot be written says so', async () => {
  const file = path.join(mkdtempSync(path.join(inject('runDir'), 'start-')), 'file')
  writeFileSync(file, '')
  expect(await refused({ dataDir: path.join(file, 'data') }, 'not_writable')).toContain('ENOTDIR')
})

test('[start] what was left of a database that was being made when the process was stopped is no hindrance', () => {
  expect(readdirSync(path.join(inject('runDir'), 'template'))).toEqual(['pglite'])
})

test('[start] where no database can be made it says so, and no half of one is there', async () => {
  let dataDir = mkdtempSync(path.join(inject('runDir'), 'start-'))
  // There is room for the names of a few files, and not for those within the database.
  while (dataDir.length < 4_060) dataDir = path.join(dataDir, 'x'.repeat(Math.min(200, 4_070 - dataDir.length)))
  expect(await refused({ dataDir }, 'not_writable')).toContain('(ENAMETOOLONG): make room')
  expect(readdirSync(dataDir)).not.toContain('pglite')
})

test('[start] a directory that holds no sound database says so, and is given back', async () => {
  const dataDir = mkdtempSync(path.join(inject('runDir'), 'start-'))
  mkdirSync(path.join(dataDir, 'pglite'))
  writeFileSync(path.join(dataDir, 'pglite', 'PG_VERSION'), '12\n')
  expect(await refused({ dataDir }, 'damaged')).toContain('restore it')
  expect(readdirSync(dataDir)).toEqual(['pglite'])
})

test('[start] a server that does not answer, a wrong password and an unknown database say so', async () => {
  const url = inject('postgresUrl')
  const { host } = new URL(url)
  const wrong = (change: (url: URL) => void) => {
    const changed = new URL(url)
    change(changed)
    return { databaseUrl: changed.href, dataDir: 'unused' }
  }
  const password = await refused(
    wrong((url) => {
      url.password = 'secret-but-wrong'
    }),
    'wrong_password',
  )
  expect(password).toContain(host)
  expect(password).not.toContain('secret-but-wrong')
  const database = wrong((url) => {
    url.pathname = 'nowhere'
  })
  expect(await refused(database, 'no_such_database')).toContain('nowhere')
  const port = wrong((url) => {
    url.port = '1'
  })
  expect(await refused(port, 'unreachable')).toContain('127.0.0.1:1')
  expect(await refused({ databaseUrl: 'not a url', dataDir: 'unused' }, 'unreachable')).toContain('DATABASE_URL')
})

test('[start] a PostgreSQL before 15 is too old', () => {
  expect(() => checkVersion(140_011)).toThrow('The database is PostgreSQL 14: upgrade it to PostgreSQL 15 or later.')
  checkVersion(150_000)
})

test.each(DATABASE_KINDS)(
  '[start] %s: tables are made once, and those of a newer release are left alone',
  async (kind) => {
    const { db, discard } = await openTestDatabase(kind)
    await migrate(db)
    await db
      .withTables<{ kysely_migration: { name: string; timestamp: string } }>()
      .insertInto('kysely_migration')
      .values({ name: '9999_later', timestamp: new Date(0).toISOString() })
      .execute()
    await expect(migrate(db)).rejects.toMatchObject({ problem: 'newer_schema' })
    await discard()
  },
)

test('[start] several servers may start on one PostgreSQL at once', async () => {
  const where = await newDatabase('postgres')
  const servers = await Promise.all([1, 2, 3].map(() => openDatabase(where)))
  await Promise.all(servers.map(({ db }) => migrate(db)))
  await Promise.all(servers.map(({ close }) => close()))
})

/** @returns the one line it says */
async function refused(where: { databaseUrl?: string; dataDir: string }, problem: StartupProblem): Promise<string> {
  const error = await openDatabase(where).then(
    async ({ close }) => {
      await close()
      throw new Error('it opened')
    },
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(StartupError)
  expect(error).toMatchObject({ problem })
  const { message } = error as StartupError
  expect(message).not.toContain('\n')
  return message
}
