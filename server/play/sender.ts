import type { Receipt, ShopClient } from './shopClient.ts'

const MAX_EVENTS = 5_000
const MAX_CHARS = 1_500_000
const SHOWN_REJECTIONS = 5

/** Collects events and sends them in batches, in order, one request at a time; counts what became of them. */
export class Sender {
  accepted = 0
  duplicates = 0
  rejected = 0
  /** What was wrong with the first few that were rejected. */
  readonly complaints: string[] = []
  #client: ShopClient
  #waiting: string[] = []
  #chars = 0

  constructor(client: ShopClient) {
    this.#client = client
  }

  get sent(): number {
    return this.accepted + this.duplicates + this.rejected
  }

  /** Whether as much waits as one request should carry. */
  get isFull(): boolean {
    return this.#waiting.length >= MAX_EVENTS || this.#chars >= MAX_CHARS
  }

  /** The JSON text of one event. */
  add(event: string): void {
    this.#waiting.push(event)
    this.#chars += event.length
  }

  /** Sends what waits; returns when all that was accepted is durable. */
  async flush(mode: 'live' | 'backfill'): Promise<void> {
    if (this.#waiting.length === 0) return
    const batch = this.#waiting
    this.#waiting = []
    this.#chars = 0
    this.#count(await this.#client.send(batch, mode))
  }

  #count({ accepted, duplicates, rejected }: Receipt): void {
    this.accepted += accepted
    this.duplicates += duplicates
    this.rejected += rejected.length
    const room = SHOWN_REJECTIONS - this.complaints.length
    for (const { id, error } of rejected.slice(0, room)) this.complaints.push(`${id ?? 'an event'}: ${error}`)
  }
}
