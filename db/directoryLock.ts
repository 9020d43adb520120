import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StartupError } from './startupError.ts'

const held = new Set<string>()

/**
 * Keeps a data directory to one process: PGlite itself lets a second one in, and the two would ruin it.
 * A lock whose process is gone, however it went, is taken over.
 * @returns gives the directory back
 * @throws StartupError `in_use`; whatever the file system says when nothing can be written
 */
export function lockDirectory(dir: string): () => void {
  const file = path.join(dir, 'floorwatch.lock')
  const mine = `${file}.${process.pid}.${held.size}`
  // Written aside and linked into place: a lock is there with its holder's name in it, or not at all.
  writeFileSync(mine, `${process.pid} ${startedAt(process.pid)}\n`)
  try {
    while (!linked(mine, file)) {
      const holder = read(file)
      if (holder === undefined) continue
      const pid = Number(holder.split(' ')[0])
      if (isAlive(holder, file))
        throw new StartupError(
          'in_use',
          `${dir} is in use by process ${pid}: stop it first, or set DATA_DIR to another directory.`,
        )
      moveAside(file, holder)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  held.add(file)
  return () => {
    held.delete(file)
    rmSync(file, { force: true })
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Its pid may be another program's by now, or our own after a restart in a container: the start time tells them apart. */
function isAlive(holder: string, file: string): boolean {
  const [pid, started] = holder.trim().split(' ')
  if (Number(pid) === process.pid) return held.has(file)
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return started === startedAt(Number(pid))
}

/**
 * When a process started, where the system tells (Linux, in ticks since boot); elsewhere the pid alone has to do.
 * One that has ended but that nobody has taken note of (a zombie, as in a container without an init) has not started.
 */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '-')
  } catch {
    return '-'
  }
}

/** Two processes may find the same dead lock: what was moved is looked at again, and a live one is put back. */
function moveAside(file: string, dead: string): void {
  const aside = `${file}.dead.${process.pid}`
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') !== dead) linked(aside, file)
    rmSync(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
