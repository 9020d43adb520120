/** Saved floors that were read lately: those that looks near each other go back to are mostly the same. */
import { type Page, readSaved, type SavedFloor } from '#core/floor.ts'
import type { SnapshotPlace, Snapshots } from '#server/log/snapshots.ts'
import { unpressPages } from '#server/log/snapshotText.ts'
import { readBytes } from './readBytes.ts'

/** As they are kept in the log: pages are unpacked only for as long as they are read. */
const KEPT_BYTES = 32_000_000

/** One of them, as it was saved. */
class Layer {
  readonly shopId: number
  readonly place: SnapshotPlace
  #pages: Page[]
  #saved: SavedFloor | undefined

  constructor(shopId: number, place: SnapshotPlace, bytes: Uint8Array) {
    this.shopId = shopId
    this.place = place
    this.#pages = unpressPages(bytes)
  }

  /** @throws Error when it is damaged, or of another version */
  get saved(): SavedFloor {
    this.#saved ??= readSaved(this.#pages)
    return this.#saved
  }
}

export class SavedFloors {
  /** The one asked for last is the last. */
  #kept = new Map<string, Layer>()
  #bytes = 0

  forget(shopId: number): void {
    for (const [key, layer] of this.#kept) if (layer.shopId === shopId) this.#drop(key, layer)
  }

  /**
   * Those of a chain, from the log where they are not known. Rejects when it cannot be read.
   * @returns undefined where one has been replaced or deleted meanwhile
   */
  async read(
    snapshots: Pick<Snapshots, 'pieces'>,
    shopId: number,
    chain: readonly SnapshotPlace[],
  ): Promise<Layer[] | undefined> {
    const layers: Layer[] = []
    for (const place of chain) {
      const known = this.#kept.get(`${shopId} ${place.seq}`)
      if (known !== undefined && known.place.writtenBy === place.writtenBy) {
        layers.push(known)
        continue
      }
      const bytes = await readBytes(snapshots, shopId, place)
      if (bytes === undefined) return undefined
      layers.push(new Layer(shopId, place, bytes))
    }
    for (const layer of layers) this.#keep(layer)
    for (const [key, layer] of this.#kept) {
      if (this.#bytes <= KEPT_BYTES) break
      this.#drop(key, layer)
    }
    return layers
  }

  #keep(layer: Layer): void {
    const key = `${layer.shopId} ${layer.place.seq}`
    const known = this.#kept.get(key)
    if (known !== undefined) this.#drop(key, known)
    this.#kept.set(key, layer)
    this.#bytes += layer.place.size
  }

  #drop(key: string, { place }: Layer): void {
    this.#kept.delete(key)
    this.#bytes -= place.size
  }
}
