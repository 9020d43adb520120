import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler)

/** How a series is drawn; lengths in units of the wall (`--u` of theme.css). */
export interface Look {
  /** A token of theme.css. */
  colour: string
  width?: number
  dash?: readonly [on: number, off: number]
  /** Each value holds until the next, and all below is filled. */
  area?: boolean
}

/** Null leaves a gap. */
export type Point = { x: number; y: number | null }

/** What the edges of the canvas stand for. */
export interface Frame {
  from: number
  to: number
  low: number
  high: number
}

/** Lines without axes: the page round them says what they stand for. */
export class LineChart {
  #canvas: HTMLCanvasElement
  #looks: readonly Look[]
  #chart: Chart<'line', Point[]>

  constructor(canvas: HTMLCanvasElement, looks: readonly Look[]) {
    this.#canvas = canvas
    this.#looks = looks
    const scale = { type: 'linear', display: false } as const
    this.#chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: { datasets: looks.map(({ area = false }) => ({ data: [], stepped: area, fill: area && 'start' })) },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        normalized: true,
        parsing: false,
        clip: false,
        elements: { point: { radius: 0 } },
        scales: { x: scale, y: scale },
        onResize: (chart) => this.#dress(chart as Chart<'line', Point[]>),
      },
    })
  }

  draw({ from, to, low, high }: Frame, series: readonly Point[][]): void {
    this.#chart.data.datasets.forEach((dataset, i) => {
      dataset.data = series[i] ?? []
    })
    Object.assign(this.#chart.options.scales?.x ?? {}, { min: from, max: to })
    Object.assign(this.#chart.options.scales?.y ?? {}, { min: low, max: high })
    this.#dress(this.#chart)
    this.#chart.update('none')
  }

  destroy(): void {
    this.#chart.destroy()
  }

  /** Colours and widths as they are now: the theme and the size of a panel may change. */
  #dress(chart: Chart<'line', Point[]>): void {
    const unitPx = Number.parseFloat(getComputedStyle(this.#canvas).getPropertyValue('--u'))
    chart.data.datasets.forEach((dataset, i) => {
      const { colour, width = 0, dash = [], area } = this.#looks[i] as Look
      const shown = colourOf(this.#canvas, colour)
      Object.assign(dataset, { borderWidth: width * unitPx, borderDash: dash.map((length) => length * unitPx) })
      Object.assign(dataset, area ? { backgroundColor: shown, borderWidth: 0 } : { borderColor: shown })
    })
  }
}

/** A colour of theme.css as it looks on this element now: a canvas cannot read `var()` or `light-dark()`. */
function colourOf(element: Element, token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  probe.hidden = true
  element.parentElement?.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
