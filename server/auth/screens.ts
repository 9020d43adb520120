/** Panels on walls: paired by a code, given what to show, watched over, removed. */
import type { Kysely } from 'kysely'
import { deleteUser } from '#db/people.ts'
import type { Database } from '#db/schema.ts'
import {
  approveDevice,
  deviceStatus,
  findScreen,
  insertScreen,
  listScreens,
  markScreenSeen,
  type ScreenRow,
  updateScreen,
} from '#db/screens.ts'
import type { Clock } from '#server/live/clock.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Identity } from './identity.ts'
import { userOf } from './newPerson.ts'
import type { Sessions } from './sessions.ts'

/** How a wall shows itself: the parameters of its address. */
export type ScreenSettings = Partial<Record<'layout' | 'rotate' | 'theme' | 'lang', string>>

/** What a panel says of itself. */
export interface ScreenReport {
  showing: string
  /** Of the view it shows, epoch ms. */
  viewAt?: number | undefined
  release?: string | undefined
}

export interface Screen extends Omit<ScreenRow, 'settings'>, Partial<ScreenReport> {
  settings: ScreenSettings
  online: boolean
}

interface Presence {
  sockets: number
  seenAt: number
  notedAt: number
  report?: ScreenReport
}

/** `lastSeenAt` is saved at most this often. */
const NOTE_EVERY_MS = 60_000
const CODE = /[^A-Z0-9]/g

export class Screens {
  #db: Kysely<Database>
  #identity: Identity
  #sessions: Sessions
  #clock: Clock
  #present = new Map<string, Presence>()
  #listeners: ((screen: Screen) => void)[] = []

  constructor(db: Kysely<Database>, parts: { identity: Identity; sessions: Sessions; clock: Clock }) {
    this.#db = db
    this.#identity = parts.identity
    this.#sessions = parts.sessions
    this.#clock = parts.clock
  }

  async list(shopId: number): Promise<Screen[]> {
    return (await listScreens(this.#db, shopId)).map((row) => this.#screen(row))
  }

  async find(id: string): Promise<Screen | undefined> {
    const row = await findScreen(this.#db, id)
    return row && this.#screen(row)
  }

  /**
   * Lets in the panel that shows a code.
   * @returns 'unknown' when nobody shows it (any more), 'taken' when it has been let in already
   */
  async pair(
    shop: ShopRecord,
    code: string,
    wanted: { name: string; place?: string | undefined; settings: ScreenSettings; by: string },
  ): Promise<Screen | 'unknown' | 'taken'> {
    const now = this.#clock.now()
    const typed = code.toUpperCase().replaceAll(CODE, '')
    const status = await deviceStatus(this.#db, typed, now)
    if (status !== 'pending') return status === undefined ? 'unknown' : 'taken'
    const { internalAdapter } = await this.#identity.$context
    const { id } = await internalAdapter.createUser(userOf({ name: wanted.name }), { method: 'email' })
    const { name, place, settings, by } = wanted
    const screen = { id, name, settings: settings as Record<string, string>, pairedAt: now, pairedBy: by }
    try {
      await insertScreen(this.#db, shop.id, { ...screen, ...(place !== undefined && { place }) })
      if (await approveDevice(this.#db, typed, id, now)) return (await this.find(id)) as Screen
    } catch (error) {
      await deleteUser(this.#db, id)
      throw error
    }
    await deleteUser(this.#db, id)
    return 'taken'
  }

  /** @returns undefined when there is no such screen in the shop */
  async change(
    shop: ShopRecord,
    id: string,
    change: { name?: string | undefined; place?: string | null | undefined; settings?: ScreenSettings | undefined },
  ): Promise<Screen | undefined> {
    if ((await findScreen(this.#db, id))?.shop !== shop.slug) return undefined
    await updateScreen(this.#db, id, change as { settings?: Record<string, string> })
    if (change.name !== undefined) this.#sessions.forget(id)
    const screen = await this.find(id)
    if (screen !== undefined) for (const tell of this.#listeners) tell(screen)
    return screen
  }

  /** It goes dark at once. @returns the screen there was */
  async revoke(shop: ShopRecord, id: string): Promise<Screen | undefined> {
    const screen = await this.find(id)
    if (screen?.shop !== shop.slug) return undefined
    await deleteUser(this.#db, id)
    this.#present.delete(id)
    this.#sessions.forget(id, 'revoked')
    return screen
  }

  /** Calls back with a screen whose name, place or settings have changed. */
  onChanged(listener: (screen: Screen) => void): void {
    this.#listeners.push(listener)
  }

  arrived(id: string): void {
    const presence = this.#present.get(id) ?? { sockets: 0, seenAt: 0, notedAt: 0 }
    presence.sockets++
    this.#present.set(id, presence)
    this.#seen(id, presence)
  }

  left(id: string): void {
    const presence = this.#present.get(id)
    if (presence === undefined) return
    presence.sockets--
    this.#seen(id, presence, true)
  }

  reported(id: string, report: ScreenReport): void {
    const presence = this.#present.get(id)
    if (presence === undefined) return
    presence.report = report
    this.#seen(id, presence)
  }

  #seen(id: string, presence: Presence, note = false): void {
    const now = this.#clock.now()
    presence.seenAt = now
    if (!note && now - presence.notedAt < NOTE_EVERY_MS) return
    presence.notedAt = now
    markScreenSeen(this.#db, id, now).catch(() => {
      presence.notedAt = 0
    })
  }

  #screen(row: ScreenRow): Screen {
    const presence = this.#present.get(row.id)
    return {
      ...row,
      ...(presence !== undefined && { lastSeenAt: Math.max(presence.seenAt, row.lastSeenAt ?? 0), ...presence.report }),
      online: (presence?.sockets ?? 0) > 0,
    }
  }
}
