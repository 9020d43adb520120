/** What is being made, by key: whoever asks for it meanwhile waits for the same. */
export class UnderWay<K, T> {
  #made = new Map<K, Promise<T>>()

  /** @throws what making it throws; whoever asks afterwards has it made anew */
  of(key: K, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const made = make().finally(() => this.#made.delete(key))
    this.#made.set(key, made)
    return made
  }
}
