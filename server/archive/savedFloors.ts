/** Saved floors that were read lately: those that looks near each other go back to are mostly the same. */
import { readSaved, type SavedFloor } from '#core/floor.ts'
import type { ChainedSnapshot } from '#server/log/log.ts'
import { unpressPages } from '#server/log/snapshotText.ts'

/** As they are kept in the log: pages are unpacked only for as long as they are read. */
const KEPT_BYTES = 64_000_000

interface Kept {
  shopId: number
  place: ChainedSnapshot
  saved: SavedFloor
  bytes: number
}

export class SavedFloors {
  /** The one asked for last is the last. */
  #kept = new Map<string, Kept>()
  #bytes = 0

  /** The seqs of those of a shop that need not be read again. */
  known(shopId: number): number[] {
    return [...this.#kept.values()].filter((kept) => kept.shopId === shopId).map(({ place }) => place.seq)
  }

  forget(shopId: number): void {
    for (const [key, { bytes, shopId: of }] of this.#kept) {
      if (of !== shopId) continue
      this.#kept.delete(key)
      this.#bytes -= bytes
    }
  }

  /** How large those of a shop were that have just been read. */
  bytesOf(shopId: number, chain: readonly ChainedSnapshot[]): number {
    return chain.reduce((sum, { seq }) => sum + (this.#kept.get(`${shopId} ${seq}`)?.bytes ?? 0), 0)
  }

  /** @throws Error when one is damaged, of another version, or was to be known and is not */
  read(shopId: number, chain: readonly ChainedSnapshot[]): SavedFloor[] {
    const saved = chain.map((place) => this.#read(shopId, place))
    for (const [key, { bytes }] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) break
      this.#kept.delete(key)
      this.#bytes -= bytes
    }
    return saved
  }

  #read(shopId: number, place: ChainedSnapshot): SavedFloor {
    const key = `${shopId} ${place.seq}`
    const known = this.#kept.get(key)
    this.#kept.delete(key)
    if (known !== undefined && known.place.baseSeq === place.baseSeq) {
      this.#kept.set(key, known)
      return known.saved
    }
    this.#bytes -= known?.bytes ?? 0
    const { bytes = new Uint8Array() } = place
    const saved = readSaved(unpressPages(bytes))
    this.#kept.set(key, { shopId, place: { ...place, bytes: undefined }, saved, bytes: bytes.length })
    this.#bytes += bytes.length
    return saved
  }
}
