/** What stands by its id after a whole layer and the changes that followed it: the last word on an id counts. */
export interface Layer<T> {
  gone: ReadonlySet<string>
  all: ReadonlyMap<string, T>
}

/** Nothing is copied: layers may be large, and shared by many. */
export class Standing<T> {
  /** The newest first. */
  #layers: readonly Layer<T>[]

  /** @param layers in the order in which they followed one another */
  constructor(layers: readonly Layer<T>[]) {
    this.#layers = layers.toReversed()
  }

  get(id: string): T | undefined {
    for (const { gone, all } of this.#layers) {
      const known = all.get(id)
      if (known !== undefined) return known
      if (gone.has(id)) return undefined
    }
    return undefined
  }

  /** All that stands, as one layer; each in the place where its id first came up. */
  joined(): Map<string, T> {
    const joined = new Map<string, T>()
    for (const { gone, all } of this.#layers.toReversed()) {
      for (const id of gone) joined.delete(id)
      for (const [id, one] of all) joined.set(id, one)
    }
    return joined
  }
}
