/** A form on its way to the server: what was wrong is said beside the field that the server named, else for the whole. */
import { Refusal } from '../api.ts'
import { p } from './texts.ts'

export class Form {
  busy = $state(false)
  failed = $state('')
  faults = $state.raw<Readonly<Record<string, string>>>({})

  /**
   * Does the work unless it is being done; tells whether it went well.
   * @param words better ones for what was refused, where there are
   */
  async send(work: () => Promise<unknown>, words?: (refusal: Refusal) => string | undefined): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.clear()
    try {
      await work()
      return true
    } catch (error) {
      this.#take(error, words)
      return false
    } finally {
      this.busy = false
    }
  }

  /** What is wrong before anything is sent: nothing is, where all is undefined. */
  check(faults: Record<string, string | undefined | false>): boolean {
    this.clear()
    this.faults = Object.fromEntries(Object.entries(faults).filter((one): one is [string, string] => Boolean(one[1])))
    return Object.keys(this.faults).length === 0
  }

  clear(): void {
    this.failed = ''
    this.faults = {}
  }

  #take(error: unknown, words?: (refusal: Refusal) => string | undefined): void {
    if (!(error instanceof Refusal)) {
      this.failed = p('unreachable')
      return
    }
    const better = words?.(error)
    if (better !== undefined) this.failed = better
    else if (error.errors.length === 0) this.failed = error.message
    else this.faults = Object.fromEntries(error.errors.map(({ field, detail }) => [field, inWords(detail)]))
  }
}

/** What the server expected of a field, in the reader's language where it is a common thing. */
function inWords(detail: string): string {
  const [, least] = /at least (\d+) characters/.exec(detail) ?? []
  if (least !== undefined) return least === '1' ? p('needed') : p('atLeast', { n: least })
  const [, most] = /at most (\d+) characters/.exec(detail) ?? []
  return most === undefined ? detail : p('atMost', { n: most })
}
