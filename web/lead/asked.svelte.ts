/** What was asked of the server, asked again as the floor moves on: what is shown stays until the answer is there. */
import { reasonOf } from '../page/reason.ts'

export class Asked<T> {
  value = $state.raw<T | undefined>()
  failed = $state<string | undefined>()
  #ask: () => Promise<T>
  #underWay = false

  constructor(ask: () => Promise<T>) {
    this.#ask = ask
  }

  async again(): Promise<void> {
    if (this.#underWay) return
    this.#underWay = true
    try {
      this.value = await this.#ask()
      this.failed = undefined
    } catch (error) {
      this.failed = reasonOf(error)
    } finally {
      this.#underWay = false
    }
  }

  /** Asks now and, where it is told how often, every so many ms, until the returned function is called. */
  keepUp(everyMs: number | undefined): () => void {
    void this.again()
    if (everyMs === undefined) return () => undefined
    const timer = setInterval(() => void this.again(), everyMs)
    return () => clearInterval(timer)
  }
}
