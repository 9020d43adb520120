/** Who is signed in at this browser and what they may do. A cookie that no script can read says who; the server is asked. */
import type { Right, Role } from '#core/rights.ts'
import { take } from './modes/choices.svelte.ts'
import type { Said } from './modes/settings.ts'

/** Why the server shows somebody out. */
export type Out = 'revoked' | 'signed_out' | 'role'

/** A paired panel, as the desk named and placed it and as it last reported. Instants are RFC 3339. */
export interface PairedScreen {
  id: string
  shop: string
  name: string
  place?: string
  settings: Said
  pairedAt: string
  pairedBy: string
  online: boolean
  lastSeenAt?: string
  showing?: string
  viewAt?: string
  release?: string
}

export interface Me {
  kind: 'person' | 'screen' | 'key'
  id: string
  name: string
  username?: string
  email?: string
  /** Every shop, and all that is above the shops. */
  install: boolean
  shops: { shop: string; name: string; role?: Role; rights: Right[] }[]
  screen?: PairedScreen
}

const TRY_AGAIN_MS = 3_000
/** This browser was paired as a screen: sent away it goes dark, and asks no passer-by for a password. */
const PAIRED = 'floorwatch.paired'

class Session {
  #me = $state.raw<Me | undefined>()
  #state = $state<'asking' | 'unreachable' | 'in' | 'out' | 'dark'>('asking')

  /** `dark`: out, at a browser that was a paired screen. */
  get state() {
    return this.#state
  }

  get me(): Me | undefined {
    return this.#me
  }

  get name(): string {
    return this.#me?.name ?? ''
  }

  get isScreen(): boolean {
    return this.#me?.kind === 'screen'
  }

  /** Whether somebody has a right at a shop; at any shop, if none is named. */
  may(right: Right, shop?: string): boolean {
    if (this.#me === undefined) return false
    if (this.#me.install) return true
    return this.#me.shops.some((one) => (shop === undefined || one.shop === shop) && one.rights.includes(right))
  }

  /** Asks the server; one that cannot be reached is asked again until it answers. Never throws. */
  async load(): Promise<void> {
    const answer = await fetch('/api/me').catch(() => undefined)
    // A proxy may answer for a server that is away, with a page of its own.
    const me: Me | undefined = answer?.ok ? await answer.json().catch(() => undefined) : undefined
    if (me !== undefined) this.#enter(me)
    else if (answer?.status === 401) this.lost()
    else {
      if (this.#me === undefined) this.#state = 'unreachable'
      setTimeout(() => void this.load(), TRY_AGAIN_MS)
    }
  }

  /** The server no longer knows who this is. */
  lost(): void {
    this.#me = undefined
    this.#state = localStorage.getItem(PAIRED) === null ? 'out' : 'dark'
  }

  /** What was a screen is a person's browser again. */
  isNoScreen(): void {
    localStorage.removeItem(PAIRED)
  }

  shownOut(why: Out): void {
    if (why === 'role') void this.load()
    else this.lost()
  }

  /** The desk has named, placed or arranged this screen. */
  arranged(screen: PairedScreen): void {
    if (this.#me !== undefined) this.#enter({ ...this.#me, screen })
  }

  #enter(me: Me): void {
    if (me.kind === 'screen') localStorage.setItem(PAIRED, me.id)
    else this.isNoScreen()
    take(me.screen?.settings)
    this.#me = me
    this.#state = 'in'
  }
}

export const session = new Session()
