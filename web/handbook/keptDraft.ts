/** What somebody is changing in a handbook, kept in this browser: signed out or closed, nothing of it is lost. */
import type { HandbookChanges } from '#core/shop.ts'

export interface KeptDraft {
  /** Of the handbook that it was made from. */
  version: number
  changes: HandbookChanges
}

const storedAs = (shop: string, person: string) => `floorwatch.handbook.${shop}.${person}`

/** Of one person at one shop. */
export class DraftKeeper {
  #name: string
  #store: Storage

  constructor(shop: string, person: string, store: Storage = localStorage) {
    this.#name = storedAs(shop, person)
    this.#store = store
  }

  get kept(): KeptDraft | undefined {
    try {
      return JSON.parse(this.#store.getItem(this.#name) ?? 'null') ?? undefined
    } catch {
      return undefined
    }
  }

  keep(draft: KeptDraft | undefined): void {
    try {
      if (draft === undefined) this.#store.removeItem(this.#name)
      else this.#store.setItem(this.#name, JSON.stringify(draft))
    } catch {
      // A browser that keeps nothing is no reason not to go on.
    }
  }
}
