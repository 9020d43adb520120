import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip)

export interface Series {
  label: string
  /** A CSS colour. */
  colour: string
  data: number[]
}

/** Bars side by side for each hour. */
export function drawHours(canvas: HTMLCanvasElement, labels: string[], series: Series[], ink: string): () => void {
  const ticks = { color: ink, precision: 0 }
  const chart = new Chart(canvas, {
    type: 'bar',
    data: { labels, datasets: series.map(({ label, colour, data }) => ({ label, data, backgroundColor: colour })) },
    options: {
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { labels: { color: ink } } },
      scales: { x: { ticks, grid: { display: false } }, y: { ticks, beginAtZero: true } },
    },
  })
  return () => chart.destroy()
}
