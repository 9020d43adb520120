/** Commands: each is checked against the floor at the moment of appending, done once, and its answer kept. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Command, checkCommand } from '#core/commands.ts'
import { OWN_SOURCE } from '#core/events.ts'
import type { Floor } from '#core/floor.ts'
import type { Database } from '#db/schema.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Clock } from './clock.ts'
import type { SoundEvent } from './inbox.ts'
import { ownEvent } from './ownEvent.ts'
import type { Rooms } from './rooms.ts'

export type Answer =
  | { outcome: 'done'; seq: number }
  | { outcome: 'conflict'; detail: string; now: Record<string, unknown> }
  | { outcome: 'invalid'; detail: string }

export class Commands {
  #db: Kysely<Database>
  #rooms: Rooms
  #clock: Clock
  /** By shop and command id: the same one sent twice at once waits for the one answer. */
  #underWay = new Map<string, Promise<Answer>>()

  constructor(db: Kysely<Database>, rooms: Rooms, clock: Clock) {
    this.#db = db
    this.#rooms = rooms
    this.#clock = clock
  }

  /** @param id the same id again gets the same answer; left out: done each time */
  run(shop: ShopRecord, id: string | undefined, command: Command): Promise<Answer> {
    if (id === undefined) return this.#act(shop, randomUUID(), command)
    const key = `${shop.id} ${id}`
    const running = this.#underWay.get(key) ?? this.#once(shop, id, command).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, running)
    return running
  }

  async #once(shop: ShopRecord, id: string, command: Command): Promise<Answer> {
    const known = (await this.#answered(shop, id)) ?? (await this.#written(shop, id))
    if (known !== undefined) return known
    const answer = await this.#act(shop, id, command)
    await this.#db
      .insertInto('commands')
      .values({ shop_id: shop.id, id, answer: JSON.stringify(answer), answered_at: this.#clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return answer
  }

  async #act(shop: ShopRecord, id: string, command: Command): Promise<Answer> {
    const room = await this.#rooms.of(shop)
    try {
      const { results, head } = await room.decide((floor) => this.#eventsOf(floor, id, command))
      const [first] = results
      return { outcome: 'done', seq: first === undefined || first === 'duplicate' ? head.seq : first.seq }
    } catch (error) {
      if (error instanceof Refused) return error.answer
      throw error
    }
  }

  #eventsOf(floor: Floor, id: string, command: Command): SoundEvent[] {
    const checked = checkCommand(floor, command)
    if ('conflict' in checked) throw new Refused({ outcome: 'conflict', detail: checked.conflict, now: checked.now })
    if ('invalid' in checked) throw new Refused({ outcome: 'invalid', detail: checked.invalid })
    return checked.events.map((event, i) => ownEvent(event, eventId(id, i), this.#clock.now()))
  }

  async #answered(shop: ShopRecord, id: string): Promise<Answer | undefined> {
    const row = await this.#db
      .selectFrom('commands')
      .select('answer')
      .where('shop_id', '=', shop.id)
      .where('id', '=', id)
      .executeTakeFirst()
    return row?.answer as Answer | undefined
  }

  /** Its events are in the log, though the server died before it could keep the answer. */
  async #written(shop: ShopRecord, id: string): Promise<Answer | undefined> {
    const row = await this.#db
      .selectFrom('events')
      .select('seq')
      .where('shop_id', '=', shop.id)
      .where('source', '=', OWN_SOURCE)
      .where('id', '=', eventId(id, 0))
      .executeTakeFirst()
    return row && { outcome: 'done', seq: row.seq }
  }
}

class Refused extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(answer.outcome)
    this.answer = answer
  }
}

function eventId(command: string, index: number): string {
  return `command:${command}:${index}`
}
