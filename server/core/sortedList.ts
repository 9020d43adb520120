/** Items in order, in runs of bounded length: to add or take out one of very many moves only its own run. */

const RUN_MAX = 512

export class SortedList<T> {
  #order: (a: T, b: T) => number
  /** Never an empty one. */
  #runs: T[][] = []

  /** @param order 0 only for one and the same item */
  constructor(order: (a: T, b: T) => number) {
    this.#order = order
  }

  add(item: T): void {
    const at = Math.min(this.#runOf(item), this.#runs.length - 1)
    const run = this.#runs[at]
    if (run === undefined) {
      this.#runs.push([item])
      return
    }
    run.splice(this.#placeIn(run, item), 0, item)
    if (run.length > RUN_MAX) this.#runs.splice(at + 1, 0, run.splice(RUN_MAX >> 1))
  }

  /** Takes in very many at once. */
  fill(items: readonly T[]): void {
    const all = [...this.first(Number.POSITIVE_INFINITY), ...items].sort(this.#order)
    this.#runs = []
    for (let i = 0; i < all.length; i += RUN_MAX >> 1) this.#runs.push(all.slice(i, i + (RUN_MAX >> 1)))
  }

  /** Takes out an item that stands where its order says. */
  remove(item: T): void {
    const at = this.#runOf(item)
    const run = this.#runs[at]
    if (run === undefined) return
    const place = this.#placeIn(run, item)
    if (run[place] !== item) return
    run.splice(place, 1)
    if (run.length === 0) this.#runs.splice(at, 1)
  }

  /** At most so many, from the front. */
  first(most: number): T[] {
    const items: T[] = []
    for (const run of this.#runs) {
      if (items.length >= most) break
      for (const item of run) items.push(item)
    }
    return items.slice(0, most)
  }

  /** The first run that ends with the item or after it. */
  #runOf(item: T): number {
    return lowest(this.#runs.length, (i) => this.#order((this.#runs[i] as T[]).at(-1) as T, item) >= 0)
  }

  #placeIn(run: readonly T[], item: T): number {
    return lowest(run.length, (i) => this.#order(run[i] as T, item) >= 0)
  }
}

/** The lowest index below `length` from which on `holds`; `length` where it never does. */
function lowest(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
