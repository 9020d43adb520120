/** The settings as they are being changed: for each kind whether it is kept for ever, and else the days as they are typed. */
import { KEPT, type Kept, LEAST_DAYS, MOST_DAYS } from '#core/keepingBounds.ts'
import type { Settings } from './types.ts'

/** What is proposed to whoever does not want it for ever. */
const USUAL_DAYS: Record<Kept, number> = { events: 365, snapshots: 90, reports: 730 }

export class Draft {
  #was: Settings
  limited = $state<Record<Kept, boolean>>({ events: false, snapshots: false, reports: false })
  days = $state<Record<Kept, string>>({ events: '', snapshots: '', reports: '' })

  constructor(settings: Settings) {
    this.#was = settings
    this.reset()
  }

  reset(): void {
    for (const kind of KEPT) {
      const days = this.#was[`${kind}Days`]
      this.limited[kind] = days !== undefined
      this.days[kind] = String(days ?? USUAL_DAYS[kind])
    }
  }

  isSound(kind: Kept): boolean {
    const days = this.days[kind].trim()
    return !this.limited[kind] || (/^\d+$/.test(days) && Number(days) >= LEAST_DAYS[kind] && Number(days) <= MOST_DAYS)
  }

  readonly allSound = $derived(KEPT.every((kind) => this.isSound(kind)))

  /** What is not sound is as it was. */
  readonly settings = $derived.by((): Settings => {
    const settings: Settings = {}
    for (const kind of KEPT) {
      const days = this.isSound(kind) ? this.#daysOf(kind) : this.#was[`${kind}Days`]
      if (days !== undefined) settings[`${kind}Days`] = days
    }
    return settings
  })

  readonly isDirty = $derived(
    KEPT.some((kind) => !this.isSound(kind) || this.#daysOf(kind) !== this.#was[`${kind}Days`]),
  )

  #daysOf(kind: Kept): number | undefined {
    return this.limited[kind] ? Number(this.days[kind]) : undefined
  }
}
