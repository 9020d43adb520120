/** What stands by its id after a whole layer and the changes that followed it: the last word on an id counts. */
export interface Layer<T> {
  gone: ReadonlySet<string>
  all: { get(id: string): T | undefined; entries(): Iterable<[id: string, one: T]> }
}

/** Nothing is copied: layers may be large, and shared by many. */
export class LayeredMap<T> {
  /** The newest first. */
  #layers: readonly Layer<T>[]

  /** @param layers in the order in which they followed one another */
  constructor(layers: readonly Layer<T>[]) {
    this.#layers = layers.toReversed()
  }

  get(id: string): T | undefined {
    for (const layer of this.#layers) {
      const known = layer.all.get(id)
      if (known !== undefined) return known
      if (layer.gone.has(id)) return undefined
    }
    return undefined
  }

  /** Whether what a layer says of an id still stands: no later one says otherwise. */
  isLast(id: string, said: Layer<T>): boolean {
    for (const layer of this.#layers) {
      if (layer === said) return true
      if (layer.gone.has(id) || layer.all.get(id) !== undefined) return false
    }
    return false
  }

  /** All that stands, as one layer. */
  joined(): Map<string, T> {
    const joined = new Map<string, T>()
    for (const { gone, all } of this.#layers.toReversed()) {
      for (const id of gone) joined.delete(id)
      for (const [id, one] of all.entries()) joined.set(id, one)
    }
    return joined
  }
}
