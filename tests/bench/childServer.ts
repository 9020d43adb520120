/** A server in a process of its own: ours or a reference. It says where it listens in a line of JSON with a `url`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

export interface ChildServer {
  url: string
  /** Processor time used so far, in seconds. */
  cpuSeconds(): Promise<number>
  /** One figure of its `/metrics`; a histogram's bucket by its whole name, labels and all. */
  metric(name: string): Promise<number>
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>
}

export type Where = { dataDir: string } | { databaseUrl: string }

/** Of a line of the log; what is above it went wrong. */
const INFO = 30
export const KEY = 'the-key-of-the-benchmarks'

/** Starts Floorwatch as `npm start` does. */
export function startOurs(where: Where): Promise<ChildServer> {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const [, ...words] = (scripts.start as string).split(' ')
  const program = words.pop()
  return startChild(`../../${program}`, where, words)
}

/** Starts a program of this folder on a database. What this process was started with, it is started with. */
export async function startChild(program: string, where: Where, flags: readonly string[] = []): Promise<ChildServer> {
  const database =
    'dataDir' in where ? { DATA_DIR: where.dataDir, DATABASE_URL: '' } : { DATABASE_URL: where.databaseUrl }
  const file = new URL(program, import.meta.url).pathname
  const child = spawn(process.execPath, [...process.execArgv, ...flags, file], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ADMIN_KEY: KEY, ...database },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await urlOf(child, program)
  const discard = () => child.kill('SIGKILL')
  process.once('exit', discard)
  const metric = async (name: string) => {
    const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } })
    const line = (await response.text()).split('\n').find((each) => each.startsWith(`${name} `))
    return Number(line?.slice(name.length + 1) ?? Number.NaN)
  }
  return {
    url,
    metric,
    cpuSeconds: () => metric('process_cpu_seconds_total'),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      process.off('exit', discard)
    },
  }
}

function urlOf(child: ChildProcess, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))
    if (child.stdout === null) return
    createInterface(child.stdout).on('line', (line) => {
      const { url, level = 0 } = line.startsWith('{') ? JSON.parse(line) : {}
      if (typeof url === 'string') resolve(url)
      if (level > INFO) process.stderr.write(`${program}: ${line}\n`)
    })
  })
}
