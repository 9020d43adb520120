/** A floor as it comes back from where it was saved. */
import { decodeFloor, encodeFloor, type Floor, readSaved } from '#core/floor.ts'

export const savedAndRead = (floor: Floor): Floor => decodeFloor(readSaved(encodeFloor(floor)))
