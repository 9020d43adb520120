/** The paired screens of a shop, kept up while somebody looks. */
import { request, send } from '../api.ts'
import type { Said } from '../modes/settings.ts'
import { reasonOf } from '../page/reason.ts'
import { serverNow } from '../serverNow.ts'
import type { PairedScreen } from '../session.svelte.ts'

const LOOK_EVERY_MS = 2_000
/** A screen reports every few seconds; an older picture than this has stopped. */
const FRESH_MS = 15_000

export interface Asked {
  name: string
  place?: string | null
  settings: Said
}

export type Standing = 'live' | 'opening' | 'stale' | 'offline'

/** How a screen stands, `now` being an instant of the server's clock in epoch milliseconds. */
export function standing({ online, viewAt }: PairedScreen, now: number): Standing {
  if (!online) return 'offline'
  if (viewAt === undefined) return 'opening'
  return now - Date.parse(viewAt) > FRESH_MS ? 'stale' : 'live'
}

export class Screens {
  list = $state.raw<PairedScreen[] | undefined>()
  failed = $state('')
  /** The server's clock when the list was made. */
  now = $state(0)
  #base: string

  constructor(shop: string) {
    this.#base = `/api/shops/${encodeURIComponent(shop)}/screens`
  }

  /** Looks every so often until the returned function is called. */
  keepUp(): () => void {
    void this.load()
    const looking = setInterval(() => document.hidden || void this.load(), LOOK_EVERY_MS)
    return () => clearInterval(looking)
  }

  async load(): Promise<void> {
    try {
      const answer = await request(this.#base, {})
      this.now = serverNow()
      this.list = ((await answer.json()) as { screens: PairedScreen[] }).screens
      this.failed = ''
    } catch (error) {
      this.failed = reasonOf(error)
    }
  }

  /** Each throws what `send` throws, and looks again when it is done. */
  async pair(code: string, asked: Asked): Promise<void> {
    const { place, ...rest } = asked
    await send(this.#base, { code, ...rest, ...(place && { place }) })
    await this.load()
  }

  async change(id: string, asked: Partial<Asked>): Promise<void> {
    await send(`${this.#base}/${encodeURIComponent(id)}`, asked, 'PATCH')
    await this.load()
  }

  async remove(id: string): Promise<void> {
    await request(`${this.#base}/${encodeURIComponent(id)}`, { method: 'DELETE' })
    await this.load()
  }
}
