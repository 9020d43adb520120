/** Carries what happens to alerts into their history in the database, in the background and in order. */
import { setTimeout as pause } from 'node:timers/promises'
import type { AlertRecord } from '#core/floor.ts'
import type { EventLog } from '#server/log/log.ts'

const BATCH = 500
const FULL = 20_000
const RETRY_MS = 500
/** What happens to an alert in so short a time is written once, and the log goes first. */
const GATHER_MS = 500

export class AlertBook {
  #log: EventLog
  #shopId: number
  #warn: (error: unknown, what: string) => void
  /** By id: a later record of the same alert replaces an earlier one. */
  #pending = new Map<string, AlertRecord>()
  #saving: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(log: EventLog, shopId: number, warn: (error: unknown, what: string) => void) {
    this.#log = log
    this.#shopId = shopId
    this.#warn = warn
  }

  /** So much waits that no more should be made for a while. */
  get isFull(): boolean {
    return this.#pending.size > FULL
  }

  note(records: readonly AlertRecord[]): void {
    for (const record of records) this.#pending.set(record.id, record)
    if (this.#pending.size >= BATCH) this.#begin()
    else if (this.#pending.size > 0) this.#timer ??= setTimeout(() => this.#begin(), GATHER_MS)
  }

  /** Resolves when everything noted so far is saved. */
  async flush(): Promise<void> {
    this.#begin()
    await this.#saving
  }

  /** What happened after an instant has turned out otherwise: it is told anew. */
  async restart(after: number): Promise<void> {
    this.#pending.clear()
    await this.#saving
    await this.#log.forgetAlerts(this.#shopId, after)
  }

  #begin(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.size > 0) this.#saving ??= this.#saveAll()
  }

  async #saveAll(): Promise<void> {
    while (this.#pending.size > 0) {
      const batch = [...this.#pending].slice(0, BATCH)
      for (const [key] of batch) this.#pending.delete(key)
      await this.#saveBatch(batch)
    }
    this.#saving = undefined
  }

  async #saveBatch(batch: [string, AlertRecord][]): Promise<void> {
    try {
      await this.#log.saveAlerts(
        this.#shopId,
        batch.map(([, record]) => record),
      )
    } catch (error) {
      this.#warn(error, 'alerts could not be saved')
      for (const [key, record] of batch) if (!this.#pending.has(key)) this.#pending.set(key, record)
      await pause(RETRY_MS)
    }
  }
}
