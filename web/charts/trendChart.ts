import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import { timeOfDay } from '../format/localTime.ts'
import { type HistoryPoint, SPAN_MS } from '../live/history.ts'
import { colourOf } from './colours.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale)

const HOUR_MS = 60 * 60_000

export interface TrendLook {
  unitPx: number
  timezone: string
  /** The rate not to fall below, 0 to 1. */
  floor: number
}

type Point = { x: number; y: number | null }

/** The rates of the last hours against their floor, with those who waited in a strip of its own below. */
export class TrendChart {
  #chart: Chart<'line', Point[]>
  #floor: number

  constructor(canvas: HTMLCanvasElement, look: TrendLook) {
    const colour = (token: string) => colourOf(canvas, token)
    const u = look.unitPx
    this.#floor = look.floor
    const font = { family: getComputedStyle(canvas).fontFamily, size: 1.8 * u }
    const dim = colour('--dim')
    const line = colour('--line')

    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: {
        datasets: [
          { yAxisID: 'rate', borderColor: colour('--text'), borderWidth: 0.35 * u, data: [] },
          {
            yAxisID: 'rate',
            borderColor: colour('--second'),
            borderWidth: 0.3 * u,
            borderDash: [0.9 * u, 0.5 * u],
            data: [],
          },
          {
            yAxisID: 'rate',
            borderColor: colour('--breach'),
            borderWidth: 0.25 * u,
            borderDash: [0.3 * u, 0.3 * u],
            data: [],
          },
          { yAxisID: 'waiting', borderColor: dim, borderWidth: 0.2 * u, stepped: true, data: [] },
        ],
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        normalized: true,
        parsing: false,
        elements: { point: { radius: 0 } },
        clip: false,
        layout: { padding: { top: 0.4 * u, right: 0.4 * u } },
        scales: {
          x: {
            type: 'linear',
            grid: { color: line, drawTicks: false },
            border: { display: false },
            ticks: { color: dim, font, maxRotation: 0, callback: (at) => timeOfDay(Number(at), look.timezone) },
            afterBuildTicks: (axis) => {
              axis.ticks = wholeHours(axis.min, axis.max).map((value) => ({ value }))
            },
          },
          waiting: {
            type: 'linear',
            axis: 'y',
            position: 'left',
            stack: 'one above the other',
            stackWeight: 1,
            min: 0,
            suggestedMax: 10,
            grid: { display: false },
            border: { display: false },
            ticks: { display: false },
          },
          rate: {
            type: 'linear',
            axis: 'y',
            position: 'left',
            stack: 'one above the other',
            stackWeight: 3,
            max: 1,
            grid: { display: false },
            border: { display: false },
            ticks: { display: false },
          },
        },
      },
    })
  }

  draw(points: readonly HistoryPoint[]): void {
    const last = points.at(-1)
    if (last === undefined) return
    const [first, reply, floor, waiting] = this.#chart.data.datasets
    first!.data = points.map((p) => ({ x: p.at, y: p.firstRate ?? null }))
    reply!.data = points.map((p) => ({ x: p.at, y: p.replyRate ?? null }))
    waiting!.data = points.map((p) => ({ x: p.at, y: p.waiting }))
    const from = last.at - SPAN_MS
    floor!.data = [from, last.at].map((x) => ({ x, y: this.#floor }))
    const scales = this.#chart.options.scales!
    scales.x!.min = from
    scales.x!.max = last.at
    scales.rate!.min = lowestShown(points)
    this.#chart.update('none')
  }

  destroy(): void {
    this.#chart.destroy()
  }
}

/** Room below the lowest rate, in whole tenths, and always some below the floor: a good day must look like one. */
function lowestShown(points: readonly HistoryPoint[]): number {
  const rates = points.flatMap((p) => [p.firstRate ?? 1, p.replyRate ?? 1])
  return Math.max(0, Math.min(0.7, Math.floor(Math.min(...rates) * 10) / 10))
}

function wholeHours(from: number, to: number): number[] {
  const hours: number[] = []
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at <= to; at += HOUR_MS) hours.push(at)
  return hours
}
