/** The report that is shown: asked for, being worked out, there, or why not. */
import type { ReportAnswer } from '#core/report/answer.ts'
import type { FigureId } from '#core/report/figures.ts'
import { dayPeriod } from '#core/report/period.ts'
import { dayOfDate } from '#core/zone.ts'
import { read, send } from '../api.ts'
import { dateIn } from '../format/localTime.ts'
import type { Shop } from '../overview/shops.ts'
import { reasonOf } from '../page/reason.ts'
import { serverNow } from '../serverNow.ts'
import { r } from './texts.ts'

export class Shown {
  answer = $state.raw<ReportAnswer | undefined>()
  failed = $state<string | undefined>()
  /** For how many seconds it has been asked for. */
  seconds = $state(0)
  period = $state<string | undefined>()
  readonly shop: string

  constructor(shop: string, period: string | undefined) {
    this.shop = shop
    this.period = period
  }

  get path(): string {
    return `/api/shops/${encodeURIComponent(this.shop)}/reports/${encodeURIComponent(this.period ?? '')}`
  }

  async load(): Promise<void> {
    this.failed = undefined
    this.seconds = 0
    const ticking = setInterval(() => this.seconds++, 1_000)
    try {
      this.period ??= await this.#yesterday()
      this.answer = await read<ReportAnswer>(this.path)
    } catch (error) {
      this.failed = reasonOf(error)
    } finally {
      clearInterval(ticking)
    }
  }

  /** Writes the cause and what is done about it into the log. @throws what `send` throws */
  async annotate(figure: FigureId, said: { cause: string; followUp?: string }): Promise<void> {
    const path = `/api/shops/${encodeURIComponent(this.shop)}/commands`
    await send(path, { command: 'annotate', period: this.period, figure, ...said })
    this.answer = await read<ReportAnswer>(this.path)
  }

  /** The newest local day that is over. */
  async #yesterday(): Promise<string> {
    const { shops } = await read<{ shops: Shop[] }>('/api/shops')
    const shop = shops.find((one) => one.shop === this.shop)
    if (shop === undefined) throw new Error(r('noShop', { shop: this.shop }))
    return dayPeriod(dayOfDate(dateIn(serverNow(), shop.timezone)) - 1).id
  }
}
