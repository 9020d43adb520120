/** The handbook as somebody is changing it: what holds, what they made of it, what differs, what is wrong. */
import type { HandbookVersion } from '#core/handbookVersions.ts'
import { type HandbookChanges, handbookChanges } from '#core/shop.ts'
import { changesOf, type Difference, differencesOf, type WholeHandbook, wholeHandbook } from '#core/wholeHandbook.ts'
import { read, send } from '../api.ts'
import { reasonOf } from '../page/reason.ts'
import { type FaultCode, faultsOf } from './faults.ts'
import { DraftKeeper } from './keptDraft.ts'

export interface Version extends Omit<HandbookVersion, 'publishedAt' | 'effectiveAt'> {
  publishedAt: string
  effectiveAt: string
}
interface Answer {
  name: string
  timezone: string
  version: number
  handbook: HandbookChanges
  inForce?: Version
  planned?: Version
}

export class Draft {
  readonly base: string
  #keeper: DraftKeeper
  answer = $state.raw<Answer>()
  versions = $state.raw<Version[]>([])
  failed = $state<string>()
  /** That changes made here before were taken up again, how many, and whether another version came meanwhile. */
  resumed = $state.raw<{ n: number; isOlder: boolean }>()
  #hasLooked = false
  /** The version that the changes were made from. */
  #madeFrom = 0
  whole = $state<WholeHandbook>(wholeHandbook())
  readonly changes: HandbookChanges = $derived(changesOf($state.snapshot(this.whole) as WholeHandbook))
  readonly differences: Difference[] = $derived(differencesOf(this.answer?.handbook, this.changes))
  readonly faults: ReadonlyMap<string, FaultCode> = $derived(
    new Map(faultsOf(this.changes).map(({ field, code }) => [field, code])),
  )

  /** What was changed here before is found again where the same person comes back to it. */
  constructor(shop: string, person: string) {
    this.#keeper = new DraftKeeper(shop, person)
    this.base = `/api/shops/${encodeURIComponent(shop)}/handbook`
  }

  get isDirty(): boolean {
    return this.differences.length > 0
  }

  /** What holds, read anew; what was changed here is given up unless `keep`. */
  async load(keep = false): Promise<void> {
    try {
      const [answer, { versions }] = await Promise.all([
        read<Answer>(this.base),
        read<{ versions: Version[] }>(`${this.base}/versions`),
      ])
      this.answer = answer
      this.versions = versions
      this.failed = undefined
      if (!keep) this.reset(answer)
      if (!this.#hasLooked) this.#resume(answer)
    } catch (error) {
      this.failed = reasonOf(error)
    }
  }

  #resume({ version, handbook }: Answer): void {
    this.#hasLooked = true
    const { kept } = this.#keeper
    if (kept === undefined) return
    this.#madeFrom = kept.version
    try {
      this.take(kept.changes)
    } catch {
      // Of a release whose handbook was another.
      return this.take(handbook)
    }
    if (this.isDirty) this.resumed = { n: this.differences.length, isOlder: kept.version !== version }
  }

  /** What is changed is found again, later. */
  keep(): void {
    if (this.answer === undefined) return
    this.#keeper.keep(this.isDirty ? { version: this.#madeFrom, changes: this.changes } : undefined)
  }

  /** What holds; what was changed here is given up. */
  reset({ handbook, version }: Answer): void {
    this.take(handbook)
    this.#madeFrom = version
  }

  take(changes: HandbookChanges): void {
    this.whole = structuredClone(wholeHandbook(changes))
  }

  /** Of a file that was exported. @throws Error when it holds no handbook */
  import(text: string): void {
    this.take(handbookChanges.parse(JSON.parse(text).handbook))
  }

  async publish(handbook: HandbookChanges, reason: string, effectiveAt?: string): Promise<void> {
    const expectedVersion = this.answer?.version
    await send(this.base, { handbook, reason, expectedVersion, ...(effectiveAt && { effectiveAt }) }, 'PUT')
    await this.load()
  }
}
