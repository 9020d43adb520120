import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockDirectory } from '#db/directoryLock.ts'
import { StartupError } from '#db/startupError.ts'

/**
 * Throws away the embedded database of an earlier demo, never one that is in use.
 * @throws StartupError when another process lives in the directory, or it cannot be written
 */
export function emptyDirectory(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
    const unlock = lockDirectory(dir)
    try {
      rmSync(join(dir, 'pglite'), { recursive: true, force: true })
    } finally {
      unlock()
    }
  } catch (cause) {
    if (cause instanceof StartupError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new StartupError('not_writable', `${dir} cannot be emptied (${code}): set DATA_DIR to another directory.`, {
      cause,
    })
  }
}
