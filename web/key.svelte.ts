const STORED_AS = 'floorwatch.key'

/** The key this browser reads with, kept from one visit to the next. */
class Key {
  #current = $state<string | undefined>(localStorage.getItem(STORED_AS) ?? undefined)

  get current(): string | undefined {
    return this.#current
  }

  keep(key: string): void {
    localStorage.setItem(STORED_AS, key)
    this.#current = key
  }

  forget(): void {
    localStorage.removeItem(STORED_AS)
    this.#current = undefined
  }

  /** A link may carry the key as `#key=…`: it is kept, and taken out of the address bar and the history. Tells whether. */
  takeFromLink(): boolean {
    const fragment = new URLSearchParams(location.hash.slice(1))
    const given = fragment.get('key')
    if (!given) return false
    this.keep(given)
    fragment.delete('key')
    const rest = fragment.size > 0 ? `#${fragment}` : ''
    history.replaceState(history.state, '', location.pathname + location.search + rest)
    return true
  }
}

export const key = new Key()
