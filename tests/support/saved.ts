/** A floor as it comes back from where it was saved. */
import { decodeFloor, encodeFloor, type Floor, readSaved } from '#core/floor.ts'

export function savedAndRead(floor: Floor): Floor {
  const { front, pages } = encodeFloor(floor)
  return decodeFloor(front, [readSaved(pages)])
}
