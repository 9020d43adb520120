/** The server as its own process, to be stopped or killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ADMIN_KEY } from './server.ts'

const ROOT = join(import.meta.dirname, '../..')

export interface ServerProcess {
  url: string
  child: ChildProcess
  /** Waits for its end. */
  ended: Promise<{ code: number | null; signal: string | null }>
}

/** Starts `server/main.ts` on any free port and waits until it listens. */
export async function spawnServer(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawnMain({ PORT: '0', ADMIN_KEY, ...env }, ['ignore', 'pipe', 'inherit'])
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { msg, url } = JSON.parse(line)
    if (msg !== 'listening') continue
    child.stdout?.resume()
    return { url, child, ended }
  }
  throw new Error('the server ended before it listened')
}

/** Runs `server/main.ts` to its end. */
export async function runToEnd(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawnMain(env, ['ignore', 'ignore', 'pipe'])
  let said = ''
  child.stderr?.on('data', (text) => {
    said += text
  })
  const [code] = await once(child, 'close')
  return { code, said }
}

function spawnMain(env: Record<string, string>, stdio: ('ignore' | 'pipe' | 'inherit')[]): ChildProcess {
  return spawn(process.execPath, ['server/main.ts'], { cwd: ROOT, stdio, env: { PATH: process.env.PATH, ...env } })
}
