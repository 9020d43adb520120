/**
 * Makes the embedded database where there is none yet: in a process of its own, as making one takes half a gigabyte of
 * memory that a process which goes on would hardly give back, and beside its place, as a stop on the way must leave
 * nothing that looks like a database.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { StartupError } from './startupError.ts'

const MAKER = path.join(import.meta.dirname, 'pgliteMaker.ts')

/** @throws StartupError when it cannot be made */
export async function makePglite(directory: string): Promise<void> {
  if (existsSync(directory)) return
  const half = `${directory}.new`
  await rm(half, { recursive: true, force: true })
  const maker = fork(MAKER, [half], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let said = ''
  maker.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code, signal] = await once(maker, 'close')
  if (code !== 0) {
    const [reason = `ended by ${signal ?? code}`] = said.split('\n').filter((line) => line.trim() !== '')
    throw new StartupError(
      'not_writable',
      `No database can be made in ${path.dirname(directory)} (${reason}): make room there, or set DATA_DIR to another directory.`,
    )
  }
  await rename(half, directory)
}
