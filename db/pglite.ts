/** PGlite made fit for a server: what it acknowledges is on the disk, and its write-ahead log does not grow for ever. */
import { fdatasyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/**
 * Opens (or makes) the database in a directory. Its buffers are memory of this process from the start, used or not, and
 * the operating system keeps pages of files anyway: few of them do.
 */
export async function openPglite(directory: string): Promise<PGlite> {
  const pglite = new PGlite({
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
