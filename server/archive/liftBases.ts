/** After an update of the server: the floors that logs begin with, once their oldest days are not kept any more. */
import { decodeFloor, liftSaved, readSaved } from '#core/floor.ts'
import type { Snapshots } from '#server/log/snapshots.ts'
import { unpressPages } from '#server/log/snapshotText.ts'
import { wholeSnapshot } from './base.ts'
import { readBytes } from './readBytes.ts'

/** Saves those that an earlier release saved in the form of this one; one that cannot be lifted stays as it is. */
export async function liftBases(
  snapshots: Pick<Snapshots, 'foreignBases' | 'pieces' | 'save'>,
  warn: (error: unknown, what: string) => void,
): Promise<void> {
  for await (const { shopId, front, place } of snapshots.foreignBases()) {
    try {
      const [head] = unpressPages(front)
      const bytes = await readBytes(snapshots, shopId, place)
      if (head === undefined || bytes === undefined) throw new Error('a damaged floor')
      const lifted = liftSaved({ front: head, pages: unpressPages(bytes) })
      await snapshots.save(shopId, await wholeSnapshot(decodeFloor(lifted.front, [readSaved(lifted.pages)])))
    } catch (error) {
      warn(error, `the floor that the log of shop ${shopId} begins with (seq ${place.seq}) cannot be read`)
    }
  }
}
