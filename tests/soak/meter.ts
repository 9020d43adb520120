/** What a page costs, as Chromium itself counts it. */
import type { CDPSession, Page } from 'playwright-core'

export class Meter {
  #devtools: CDPSession

  private constructor(devtools: CDPSession) {
    this.#devtools = devtools
  }

  static async on(page: Page): Promise<Meter> {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new Meter(devtools)
  }

  /** JavaScript heap in use after a full collection, in bytes. */
  async heapBytes(): Promise<number> {
    for (let i = 0; i < 3; i++) await this.#devtools.send('HeapProfiler.collectGarbage')
    return (await this.#devtools.send('Runtime.getHeapUsage')).usedSize
  }

  /** Processor time of the page's main thread while `work` goes on, as shares of one core. */
  async shares(work: () => Promise<void>): Promise<{ scripting: number; all: number }> {
    const before = await this.#seconds()
    const start = performance.now()
    await work()
    const lasted = (performance.now() - start) / 1_000
    const after = await this.#seconds()
    return {
      scripting: (after.ScriptDuration - before.ScriptDuration) / lasted,
      all: (after.TaskDuration - before.TaskDuration) / lasted,
    }
  }

  async #seconds(): Promise<{ ScriptDuration: number; TaskDuration: number }> {
    const { metrics } = await this.#devtools.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return { ScriptDuration: of('ScriptDuration'), TaskDuration: of('TaskDuration') }
  }
}
