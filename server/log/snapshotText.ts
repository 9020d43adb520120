/** A saved floor's pages as they are kept: each compressed by itself, with one checksum over all of them. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Page } from '#core/floor.ts'

const WORD = 4

/** Others have their turn after so many pages. */
const TURN_PAGES = 100

/**
 * The checksum, how many pages, the length of each, and the pages. One after the other: so small a page is compressed
 * sooner than handed to another thread, and each that is under way takes megabytes.
 */
export async function pressPages(pages: readonly Page[]): Promise<Uint8Array> {
  const pressed: Uint8Array[] = []
  for (const { text } of pages) {
    const bytes = Buffer.from(text)
    pressed.push(zstdCompressSync(bytes, { pledgedSrcSize: bytes.length }))
    if (pressed.length % TURN_PAGES === 0) await nextTurn()
  }
  const head = new Uint32Array([pages.length, ...pressed.map(({ length }) => length)])
  const bytes = Buffer.concat([Buffer.alloc(WORD), Buffer.from(head.buffer), ...pressed])
  bytes.writeUInt32LE(crc32(bytes.subarray(WORD)))
  return bytes
}

/** What was pressed; none, which is no saved floor, when the bytes are damaged. */
export function unpressPages(bytes: Uint8Array): Page[] {
  const { buffer, byteOffset, byteLength } = bytes
  if (byteLength < 2 * WORD) return []
  const words = new DataView(buffer, byteOffset, byteLength)
  if (words.getUint32(0, true) !== crc32(bytes.subarray(WORD))) return []
  const count = words.getUint32(WORD, true)
  let from = (2 + count) * WORD
  return Array.from({ length: count }, (_, i) => {
    const to = from + words.getUint32((2 + i) * WORD, true)
    const page = new PressedPage(bytes.subarray(from, to))
    from = to
    return page
  })
}

/** Unpacked when its text is asked for, and again when that has been forgotten meanwhile. */
class PressedPage implements Page {
  #bytes: Uint8Array
  #unpacked: WeakRef<{ text: string }> | undefined

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get text(): string {
    const known = this.#unpacked?.deref()
    if (known !== undefined) return known.text
    const unpacked = { text: zstdDecompressSync(this.#bytes).toString() }
    this.#unpacked = new WeakRef(unpacked)
    return unpacked.text
  }
}
