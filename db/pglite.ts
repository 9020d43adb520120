/** PGlite made fit for a server: what it acknowledges is on the disk, and its write-ahead log does not grow for ever. */
import { fdatasyncSync } from 'node:fs'
import { type messages, PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { saidBy } from './saidBy.ts'

type DatabaseError = messages.DatabaseError

/**
 * Opens (or makes) the database in a directory. Its buffers are memory of this process from the start, used or not, and
 * the operating system keeps pages of files anyway: few of them do.
 */
export async function openPglite(directory: string): Promise<Embedded> {
  const pglite = new Embedded({
    fs: new SyncedNodeFS(directory),
    // -F turns fsync off. Of the ways to sync, only fsync reaches the file system: Emscripten drops fdatasync.
    startParams: [
      ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
      ...['wal_sync_method=fsync', 'shared_buffers=16MB', 'wal_buffers=4MB'].flatMap((setting) => ['-c', setting]),
    ],
  })
  await pglite.waitReady
  return pglite
}

/**
 * Its server may stop by itself, as any PostgreSQL does that cannot write its log any more. There is nobody to start it
 * again, and whatever is asked of it afterwards is never answered.
 */
export class Embedded extends PGlite {
  #tell: (why: string) => void = () => {}
  /** Resolves with the reason when it has stopped by itself. */
  readonly ended = new Promise<string>((resolve) => {
    this.#tell = resolve
  })

  override async execProtocolStream(...asked: Parameters<PGlite['execProtocolStream']>) {
    try {
      const answers = await super.execProtocolStream(...asked)
      const last = answers.at(-1)
      if (last?.name === 'error' && isEnd(last as DatabaseError)) this.#tell((last as DatabaseError).message)
      return answers
    } catch (error) {
      this.#tell(saidBy(error))
      throw error
    }
  }
}

const isEnd = ({ severity }: DatabaseError) => severity === 'PANIC' || severity === 'FATAL'

/** Emscripten's view of the host's files knows no fsync, so PostgreSQL's would quietly do nothing. */
class SyncedNodeFS extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(pglite, options)
    const addFsync = (module: { NODEFS?: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } } }) => {
      if (!module.NODEFS) return
      module.NODEFS.stream_ops.fsync = ({ nfd }) => {
        if (nfd !== undefined) fdatasyncSync(nfd)
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } }
  }
}
