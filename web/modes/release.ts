import { calm } from './calm.ts'

/** Screens are never touched: a new release on the server is taken up by the screens themselves. */

/** A restarted server is looked at at once, one that was never seen to restart every so often. */
const LOOK_EVERY_MS = 10 * 60_000
/** For a calm moment it is looked every so often, and waited no longer than this. */
const CALM_EVERY_MS = 1_000
const CALM_WITHIN_MS = 15 * 60_000
const TAKEN_UP = 'floorwatch.release'
/** A page that lacks a part looks this often for a server that has all of them, */
const WHOLE_EVERY_MS = 5_000
/** and is not loaded for it again so soon: a part that is missing for good would have it load for ever. */
const MEND_EVERY_MS = 10 * 60_000
const MENDED_AT = 'floorwatch.mended'

/** What a page is made of: a build names its files after what is in them. */
const partsOf = (page: Document) =>
  [...page.querySelectorAll('script[src], link[rel=stylesheet]')].map(
    (part) => part.getAttribute('src') ?? part.getAttribute('href') ?? '',
  )

class Release {
  #parts = ''
  #pending = false
  #lacks = false

  /** To be called before the page loads anything more. */
  begin(): void {
    this.#parts = partsOf(document).join(' ')
    setInterval(() => void this.look(), LOOK_EVERY_MS)
    addEventListener('vite:preloadError', () => this.#lack())
  }

  /** A part that this page wants cannot be had: its release is gone, or the server was just away. It stays away until the page is loaded anew. */
  #lack(): void {
    if (this.#lacks) return
    this.#lacks = true
    void this.look()
    setInterval(() => void this.look(), WHOLE_EVERY_MS)
  }

  /** What tells this release from others, in a few signs. */
  get name(): string {
    return /index-([\w-]+)\.js/.exec(this.#parts)?.[1] ?? ''
  }

  /** Looks whether the server has another release by now and takes it up once: at the next calm moment, or at once on a page that is not whole. */
  async look(): Promise<void> {
    if (this.#pending) return
    this.#pending = true
    try {
      const next = await newest()
      if (next === undefined || !(this.#isNew(next) || this.#mayMend())) return
      await moment(() => this.#lacks || calm())
      sessionStorage.setItem(TAKEN_UP, next)
      if (this.#lacks) sessionStorage.setItem(MENDED_AT, `${Date.now()}`)
      location.reload()
    } finally {
      this.#pending = false
    }
  }

  /** The same release twice: something between keeps the old page, and loading it for ever would help nobody. */
  #isNew = (next: string) => next !== this.#parts && next !== sessionStorage.getItem(TAKEN_UP)

  #mayMend = () => this.#lacks && Date.now() - Number(sessionStorage.getItem(MENDED_AT)) > MEND_EVERY_MS
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
