/** Erasing a customer, step by step: who it is, what it would touch, that it is meant, and by what they go from then on. */
import { Refusal } from '../api.ts'
import { Form } from '../page/form.svelte.ts'
import { sendForLines } from '../page/lines.ts'
import { k } from './texts.ts'
import { type Found, TOUCHED } from './types.ts'

interface Line {
  progress?: number
  result?: Found & { pseudonym: string }
  error?: string
}

export class Erasing {
  readonly form = new Form()
  customer = $state('')
  again = $state('')
  reason = $state('')
  /** How far it is, from 0 to 1, while it looks or erases. */
  share = $state<number | undefined>()
  isErasing = $state(false)
  looked = $state.raw<{ customer: string; found: Found } | undefined>()
  done = $state.raw<{ pseudonym: string; events: number } | undefined>()
  #path: string
  #running: AbortController | undefined

  /** @param path of the erasures of a shop */
  constructor(path: string) {
    this.#path = path
  }

  readonly isNobody = $derived(this.looked !== undefined && TOUCHED.every((one) => this.looked?.found[one] === 0))
  /** It is nobody's name, but a word in some text. */
  readonly isOnlyWords = $derived(
    this.looked !== undefined &&
      !this.isNobody &&
      (['conversations', 'orders', 'returns', 'complaints'] as const).every((one) => this.looked?.found[one] === 0),
  )

  async look(): Promise<void> {
    const customer = this.customer.trim()
    this.looked = undefined
    const found = await this.#ask('/look', { customer })
    if (found !== undefined) this.looked = { customer, found }
  }

  /** Once begun it goes on at the server, whoever listens. */
  async erase(): Promise<void> {
    if (this.looked === undefined) return
    const { customer } = this.looked
    if (!this.form.check({ again: this.again.trim() !== customer && k('differs') })) return
    const reason = this.reason.trim()
    this.isErasing = true
    const erased = await this.#ask('', { customer, ...(reason !== '' && { reason }) })
    this.isErasing = false
    if (erased === undefined) return
    this.begin()
    this.done = erased
  }

  /** Back to who it is. */
  begin(): void {
    this.stop()
    this.form.clear()
    this.customer = ''
    this.again = ''
    this.reason = ''
    this.looked = undefined
    this.done = undefined
  }

  stop(): void {
    this.#running?.abort()
  }

  async #ask(path: string, body: object): Promise<Line['result']> {
    const running = new AbortController()
    this.#running = running
    this.share = 0
    let last: Line = {}
    const hear = (line: Line) => {
      last = line
      this.share = line.progress ?? this.share
    }
    let refused = false
    await this.form.send(async () => {
      try {
        await sendForLines<Line>(this.#path + path, body, hear, running.signal)
      } catch (error) {
        refused = error instanceof Refusal
        throw error
      }
    })
    this.share = undefined
    if (running.signal.aborted) this.form.clear()
    else if (last.error !== undefined) this.form.failed = k('notDone')
    else if (this.isErasing && last.result === undefined && !refused) this.form.failed = k('cutOff')
    return last.result
  }
}
