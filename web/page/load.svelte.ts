import { reasonOf } from './reason.ts'

/** What a page asked of the server: on its way, there, or not to be had. */
export class Loaded<T> {
  value = $state.raw<T | undefined>()
  failed = $state('')
  #ask: () => Promise<T>

  constructor(ask: () => Promise<T>) {
    this.#ask = ask
    void this.load()
  }

  /** What is shown stays until the answer is there. */
  async load(): Promise<void> {
    try {
      this.value = await this.#ask()
      this.failed = ''
    } catch (error) {
      this.failed = reasonOf(error)
    }
  }
}
