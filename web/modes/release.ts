import { calm } from './calm.ts'

/** Screens are never touched: a new release on the server is taken up by the screens themselves. */

/** A restarted server is looked at at once, one that was never seen to restart every so often. */
const LOOK_EVERY_MS = 10 * 60_000
/** For a calm moment it is looked every so often, and waited no longer than this. */
const CALM_EVERY_MS = 1_000
const CALM_WITHIN_MS = 15 * 60_000
const TAKEN_UP = 'floorwatch.release'

/** What a page is made of: a build names its files after what is in them. */
const partsOf = (page: Document) =>
  [...page.querySelectorAll('script[src], link[rel=stylesheet]')].map(
    (part) => part.getAttribute('src') ?? part.getAttribute('href') ?? '',
  )

class Release {
  #parts = ''
  #pending = false

  /** To be called before the page loads anything more. */
  begin(): void {
    this.#parts = partsOf(document).join(' ')
    setInterval(() => void this.look(), LOOK_EVERY_MS)
    // A part that this page wanted to load later is gone: there is nothing to wait for.
    addEventListener('vite:preloadError', () => void this.look(() => true))
  }

  /** What tells this release from others, in a few signs. */
  get name(): string {
    return /index-([\w-]+)\.js/.exec(this.#parts)?.[1] ?? ''
  }

  /** Looks whether the server has another release by now and takes it up at the next calm moment, once. */
  async look(isCalm = calm): Promise<void> {
    if (this.#pending) return
    this.#pending = true
    try {
      const next = await newest()
      // The same release twice: something between keeps the old page, and loading it for ever would help nobody.
      if (next === undefined || next === this.#parts || next === sessionStorage.getItem(TAKEN_UP)) return
      await moment(isCalm)
      sessionStorage.setItem(TAKEN_UP, next)
      location.reload()
    } finally {
      this.#pending = false
    }
  }
}

export const release = new Release()

/** What the server's page is made of now; undefined when it cannot be had whole. */
async function newest(): Promise<string | undefined> {
  try {
    const answer = await fetch('/', { cache: 'no-store' })
    const parts = partsOf(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    const there = await Promise.all(parts.map(async (part) => (await fetch(part, { method: 'HEAD' })).ok))
    return answer.ok && there.every(Boolean) ? parts.join(' ') : undefined
  } catch {
    return undefined
  }
}

function moment(isCalm: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + CALM_WITHIN_MS
  return new Promise((resolve) => {
    const look = () => {
      if (!isCalm() && performance.now() < giveUpAt) setTimeout(look, CALM_EVERY_MS)
      else resolve()
    }
    look()
  })
}
