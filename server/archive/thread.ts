/** The archive's thread: folds the past and writes snapshots, while the server's own thread keeps to the present. */
import { parentPort } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { createBirpc } from 'birpc'
import { renameAll } from '#core/erase.ts'
import type { Floor } from '#core/floor.ts'
import { instantsOf, SegmentDraft } from '#core/segment.ts'
import { systemClock } from '#server/live/clock.ts'
import { Afterwards } from './afterwards.ts'
import type { WrittenLog } from './archivedLog.ts'
import { floorBefore, wholeSnapshot } from './base.ts'
import type { ServerCalls, ThreadCalls } from './calls.ts'
import { LOOKS } from './looks.ts'
import { newestFloor } from './newestFloor.ts'
import { Past } from './past.ts'
import { SavedFloors } from './savedFloors.ts'
import { Slots } from './slots.ts'
import { SnapshotWriters } from './snapshotWriters.ts'
import { runWhatIf } from './whatIf.ts'

if (parentPort === null) throw new Error('the archive is a thread of the server')
const port = parentPort

const calls: ThreadCalls = {
  async look(shop, instants, finalUpTo, name, asked) {
    const look = LOOKS[name] as (floor: Floor, ...asked: readonly unknown[]) => unknown
    const seen: unknown[] = []
    await afterwards.of(past.visit(shop, instants, finalUpTo, (floor) => seen.push(look(floor, ...asked))))
    return seen
  },
  async segment(shop, from, upTo, final, shown) {
    const draft = new SegmentDraft(shown)
    const finalUpTo = final ? upTo : Number.NEGATIVE_INFINITY
    await afterwards.of(past.visit(shop, instantsOf(from, upTo, shown), finalUpTo, (floor) => draft.see(floor)))
    return gzipSync(JSON.stringify(draft.finish(from, final)))
  },
  whatIf: (shop, asked, ticket) =>
    afterwards.of(whatIfs.take(() => runWhatIf(log, read, shop, asked, (share) => server.goOn(ticket, share)))),
  follow: (shop, upTo, edition) => writers.of(shop, edition).follow(upTo),
  async found(shop, before, edition) {
    const floor = await floorBefore(log, shop, before, read)
    if (floor.seq === 0) return 0
    await log.snapshots.save(shop.id, await wholeSnapshot(floor), edition)
    return floor.seq
  },
  async renamedBase(shop, before, customer, pseudonym) {
    const floor = await newestFloor(log, shop, before - 1, new SavedFloors())
    const belongings = renameAll(floor, customer, pseudonym)
    return { belongings, base: await wholeSnapshot(floor) }
  },
  async forget(shopId) {
    read.forget(shopId)
    past.forget(shopId)
    writers.forget(shopId)
  },
}

const server = createBirpc<ServerCalls, ThreadCalls>(calls, {
  post: (message) => port.postMessage(message),
  on: (hear) => port.on('message', hear),
  timeout: -1,
})
/** The log, as the server's end of the line has it. */
const log: WrittenLog = {
  cutOf: server.cutOf,
  readPage: server.readPage,
  snapshots: {
    newest: server.newestSnapshot,
    pieces: server.snapshotPieces,
    position: server.snapshotPosition,
    save: server.saveSnapshot,
  },
}
const afterwards = new Afterwards(systemClock)
const read = new SavedFloors()
const past = new Past(log, read)
/** Each has two floors of its own: one after the other. */
const whatIfs = new Slots(1)
const writers = new SnapshotWriters(log, read)
