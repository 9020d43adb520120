/** Where progress is written, e.g. `process.stdout`. */
export interface Output {
  isTTY?: boolean
  write(text: string): unknown
}

const TTY_EVERY_MS = 150
const LINE_EVERY_MS = 5_000
const PACE_OVER_MS = 5_000
const CLEAR_LINE = '\r\x1b[K'

/** How far along the sending is: one line that changes on a terminal, a line now and then elsewhere. */
export class Progress {
  #out: Output
  #total: number
  #now: () => number
  /** What was done when, over the last seconds, oldest first. */
  #recent: { at: number; done: number }[]
  #shownAt = Number.NEGATIVE_INFINITY
  #shown = false

  /** `now` in epoch ms. */
  constructor(out: Output, total: number, now: () => number = Date.now) {
    this.#out = out
    this.#total = total
    this.#now = now
    this.#recent = [{ at: now(), done: 0 }]
  }

  /** `leftMs`: how long it will still take; guessed from the pace so far when left out. */
  update(done: number, what: string, leftMs?: number): void {
    const now = this.#now()
    if (now - this.#shownAt < (this.#out.isTTY ? TTY_EVERY_MS : LINE_EVERY_MS)) return
    this.#shownAt = now
    const pace = this.#pace(now, done)
    const left = leftMs ?? (pace > 0 ? ((this.#total - done) / pace) * 1000 : undefined)
    const percent = Math.floor((100 * done) / this.#total)
    const eta = left === undefined ? '' : `, ${durationText(left)} left`
    this.#write(
      `${what} ${percent} %, ${count(done)} of ${count(this.#total)} events, ${count(Math.ceil(pace))}/s${eta}`,
    )
  }

  /** Events a second over the last seconds. */
  #pace(at: number, done: number): number {
    this.#recent.push({ at, done })
    while (this.#recent[1]!.at < at - PACE_OVER_MS) this.#recent.shift()
    const [oldest] = this.#recent
    return at > oldest!.at ? ((done - oldest!.done) * 1000) / (at - oldest!.at) : 0
  }

  /** A line that stays. */
  say(text: string): void {
    if (this.#shown) this.#out.write(CLEAR_LINE)
    this.#shown = false
    this.#out.write(`${text}\n`)
  }

  #write(text: string): void {
    if (!this.#out.isTTY) return this.say(text)
    this.#out.write(`${CLEAR_LINE}${text}`)
    this.#shown = true
  }
}

export function count(n: number): string {
  return n.toLocaleString('en-US')
}

/** `4:05`, `1:02:03`, `6 days`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  if (seconds >= 2 * 86_400) return `${Math.round(seconds / 86_400)} days`
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
