/** Carries what happens to alerts into their history in the database, in the background and in order. */
import { setTimeout as pause } from 'node:timers/promises'
import { type AlertRecord, following } from '#core/floor.ts'
import { isDataError } from '#db/unstorable.ts'
import type { AlertHistory } from '#server/log/alertHistory.ts'

const BATCH = 1_000
const FULL = 20_000
const RETRY_MS = 500
/** What happens to an alert in so short a time is written once, and the log goes first. */
const GATHER_MS = 1_000

export class AlertBook {
  #history: AlertHistory
  #shopId: number
  #warn: (error: unknown, what: string) => void
  /** By id: a later record of the same alert replaces an earlier one. */
  #noted = new Map<string, AlertRecord>()
  /** What is being saved: one lot after the other, each whole before the next. */
  #saved: Promise<void> = Promise.resolve()
  #leaving = 0
  /** Told when something could not be saved. */
  #impatient = new Set<(error: unknown) => void>()
  #timer: NodeJS.Timeout | undefined

  constructor(history: AlertHistory, shopId: number, warn: (error: unknown, what: string) => void) {
    this.#history = history
    this.#shopId = shopId
    this.#warn = warn
  }

  /** So much waits that no more should be made for a while. */
  get isFull(): boolean {
    return this.#noted.size + this.#leaving > FULL
  }

  note(records: readonly AlertRecord[]): void {
    for (const record of records) this.#noted.set(record.id, following(this.#noted.get(record.id), record))
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS)
  }

  /** Resolves when everything noted so far is saved, whatever is noted meanwhile. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const lot = [...this.#noted.values()]
    this.#noted.clear()
    this.#leaving += lot.length
    if (lot.length > 0) this.#saved = this.#saved.then(() => this.#save(lot))
    return this.#saved
  }

  /** Flushes for whoever will not wait for a database that is away. @throws what saving throws meanwhile */
  async demandSaved(): Promise<void> {
    const { promise: failed, reject } = Promise.withResolvers<never>()
    this.#impatient.add(reject)
    try {
      await Promise.race([this.flush(), failed])
    } finally {
      this.#impatient.delete(reject)
    }
  }

  /** What happened after an instant has turned out otherwise: it is told anew. */
  async restart(after: number): Promise<void> {
    this.#noted.clear()
    await this.flush()
    await this.#history.forget(this.#shopId, after)
  }

  /** In small statements, so that the log's own come in between. What can never be kept holds up nothing. */
  async #save(lot: readonly AlertRecord[]): Promise<void> {
    let size = BATCH
    for (let saved = 0; saved < lot.length; ) {
      const batch = lot.slice(saved, saved + size)
      try {
        await this.#history.save(this.#shopId, batch)
      } catch (error) {
        const isBad = isDataError(error)
        this.#warn(error, isBad ? 'an alert cannot be kept' : 'alerts could not be saved')
        if (!isBad) {
          for (const tell of this.#impatient) tell(error)
          await pause(RETRY_MS)
          continue
        }
        // One by one, to find which; it is passed over.
        if (batch.length > 1) {
          size = 1
          continue
        }
        size = BATCH
      }
      saved += batch.length
      this.#leaving -= batch.length
    }
  }
}
