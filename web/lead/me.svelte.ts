const STORED_AS = 'floorwatch.lead'

/** The lead at this browser, by the name they gave: it goes with everything they do. */
class Me {
  #name = $state(localStorage.getItem(STORED_AS) ?? '')

  get name(): string {
    return this.#name
  }

  keep(name: string): void {
    localStorage.setItem(STORED_AS, name)
    this.#name = name
  }
}

export const me = new Me()
