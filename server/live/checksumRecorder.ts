/**
 * Once a minute notes the checksum of what the screens of a shop were shown, so that a replay can be held against it.
 * Nothing is noted while nobody looks.
 */
import type { Kysely } from 'kysely'
import { checksum } from '#core/checksum.ts'
import type { View } from '#core/view.ts'
import type { Database } from '#db/schema.ts'
import { deleteShownFrom, insertShown, listShown, type ShownRow } from '#db/shown.ts'

const EVERY_MS = 60_000

export class ChecksumRecorder {
  #db: Kysely<Database>
  #shopId: number
  #warn: (error: unknown, what: string) => void
  #minute = Number.NaN
  #saving: Promise<void> = Promise.resolve()

  constructor(db: Kysely<Database>, shopId: number, warn: (error: unknown, what: string) => void) {
    this.#db = db
    this.#shopId = shopId
    this.#warn = warn
  }

  /** The screens are shown this view. */
  sees(view: View): void {
    const at = Date.parse(view.at)
    const minute = Math.floor(at / EVERY_MS)
    if (minute === this.#minute) return
    this.#minute = minute
    const sum = checksum(view)
    this.#then(() => insertShown(this.#db, this.#shopId, { at, sum }), 'what was shown could not be noted')
  }

  /** What was shown from an instant (epoch ms) on has turned out otherwise. */
  recants(from: number): void {
    this.#then(() => deleteShownFrom(this.#db, this.#shopId, from), 'what was shown could not be taken back')
  }

  /** What was noted from one instant to before another, in order. */
  async noted(from: number, to: number): Promise<ShownRow[]> {
    await this.#saving
    return await listShown(this.#db, this.#shopId, from, to)
  }

  #then(write: () => Promise<void>, what: string): void {
    this.#saving = this.#saving.then(write).catch((error) => this.#warn(error, what))
  }
}
