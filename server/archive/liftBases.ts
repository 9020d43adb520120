/** After an update of the server: the floors that logs begin with, once their oldest days are not kept any more. */
import { decodeFloor, liftSaved, readSaved } from '#core/floor.ts'
import type { EventLog } from '#server/log/log.ts'
import { unpressPages } from '#server/log/snapshotText.ts'
import { wholeSnapshot } from './base.ts'
import { readBytes } from './readBytes.ts'

/** Saves those that an earlier release saved in the form of this one; one that cannot be lifted stays as it is. */
export async function liftBases(
  log: Pick<EventLog, 'foreignBases' | 'snapshotPieces' | 'saveSnapshot'>,
  warn: (error: unknown, what: string) => void,
): Promise<void> {
  for await (const { shopId, front, place } of log.foreignBases()) {
    try {
      const [head] = unpressPages(front)
      const bytes = await readBytes(log, shopId, place)
      if (head === undefined || bytes === undefined) throw new Error('a damaged floor')
      const lifted = liftSaved({ front: head, pages: unpressPages(bytes) })
      await log.saveSnapshot(shopId, await wholeSnapshot(decodeFloor(lifted.front, [readSaved(lifted.pages)])))
    } catch (error) {
      warn(error, `the floor that the log of shop ${shopId} begins with (seq ${place.seq}) cannot be read`)
    }
  }
}
