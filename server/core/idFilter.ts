/**
 * Tells ids that are surely not among some from those that may be (a Bloom filter), as text: most ids are on none of
 * the pages of what changed, and a page must be unpacked to see that.
 */

/** About one in eighty that is not among them passes. */
const BITS_PER_ID = 10
const PROBES = 4
/** Of a character; five bits from `]` on need no escape in JSON. */
const CHAR_BITS = 5
const FIRST_CHAR = 0x5d

export function filterOf(ids: readonly string[]): string {
  const chars = new Uint8Array(Math.ceil((ids.length * BITS_PER_ID) / CHAR_BITS))
  for (const id of ids) {
    const hash = hashOf(id)
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = bitOf(hash, probe, chars.length * CHAR_BITS)
      const at = Math.floor(bit / CHAR_BITS)
      chars[at] = (chars[at] as number) | (1 << (bit % CHAR_BITS))
    }
  }
  return Array.from(chars, (bits) => String.fromCharCode(FIRST_CHAR + bits)).join('')
}

/** False only for an id that the filter was not made of. */
export function mayHold(filter: string, id: string): boolean {
  if (filter === '') return false
  const hash = hashOf(id)
  for (let probe = 0; probe < PROBES; probe++) {
    const bit = bitOf(hash, probe, filter.length * CHAR_BITS)
    const bits = filter.charCodeAt(Math.floor(bit / CHAR_BITS)) - FIRST_CHAR
    if (((bits >> (bit % CHAR_BITS)) & 1) === 0) return false
  }
  return true
}

/** FNV-1a, 32 bits, stirred: ids are short and much alike. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

function bitOf(hash: number, probe: number, bits: number): number {
  const step = Math.imul(hash, 0x9e3779b1) | 1
  return ((hash + Math.imul(probe, step)) >>> 0) % bits
}
