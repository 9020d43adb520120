/** What somebody is changing in a handbook, kept in this browser: signed out or closed, nothing of it is lost. */
import { z } from 'zod'
import type { HandbookChanges } from '#core/shop.ts'

/** `version`: of the handbook that it was made from. */
export interface KeptDraft {
  version: number
  changes: HandbookChanges
}

/** What is wrong in a draft is for its author to see: only its outline is looked at. */
const outline = z.object({ version: z.number(), changes: z.record(z.string(), z.looseObject({})) })

const storedAs = (shop: string, person: string) => `floorwatch.handbook.${shop}.${person}`

/** Of one person at one shop. */
export class DraftKeeper {
  #name: string
  #store: Storage

  constructor(shop: string, person: string, store: Storage = localStorage) {
    this.#name = storedAs(shop, person)
    this.#store = store
  }

  /** None, too, where it is of an older release and cannot be read any more. */
  get kept(): KeptDraft | undefined {
    try {
      return outline.parse(JSON.parse(this.#store.getItem(this.#name) ?? 'null')) as KeptDraft
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
