/** Commands: each is checked against the floor at the moment of appending, done once, and its answer kept. */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Command, checkCommand } from '#core/commands.ts'
import type { Floor } from '#core/floor.ts'
import { UnderWay } from '#core/underWay.ts'
import { checkUndo, type DoneEvent } from '#core/undo.ts'
import { findAnswer, findOwnEvents, lastOwnEvent, saveAnswer } from '#db/commands.ts'
import { withdrawnNotes } from '#db/notes.ts'
import type { Database } from '#db/schema.ts'
import type { ShopRecord } from '#server/shops.ts'
import type { Clock } from './clock.ts'
import type { SoundEvent } from './inbox.ts'
import { ownEvent } from './ownEvent.ts'
import type { Rooms } from './rooms.ts'

/** A command writes no more events. */
const MAX_EVENTS = 100

export type Answer =
  | { outcome: 'done'; seq: number }
  | { outcome: 'conflict'; detail: string; now: Record<string, unknown> }
  | { outcome: 'invalid'; detail: string }

export class Commands {
  #db: Kysely<Database>
  #rooms: Rooms
  #clock: Clock
  /** By shop and command id: the same one sent twice at once waits for the one answer. */
  #underWay = new UnderWay<string, Answer>()

  constructor(db: Kysely<Database>, rooms: Rooms, clock: Clock) {
    this.#db = db
    this.#rooms = rooms
    this.#clock = clock
  }

  /** @param id the same id again gets the same answer; left out: done each time */
  run(shop: ShopRecord, id: string | undefined, command: Command): Promise<Answer> {
    if (id === undefined) return this.#act(shop, randomUUID(), command)
    return this.#underWay.of(`${shop.id} ${id}`, () => this.#once(shop, id, command))
  }

  async #once(shop: ShopRecord, id: string, command: Command): Promise<Answer> {
    const answered = (await findAnswer(this.#db, shop.id, id)) as Answer | undefined
    const known = answered ?? (await this.#written(shop, id))
    if (known !== undefined) return known
    const answer = await this.#act(shop, id, command)
    await saveAnswer(this.#db, shop.id, { id, answer, answeredAt: this.#clock.now() })
    return answer
  }

  async #act(shop: ShopRecord, id: string, command: Command): Promise<Answer> {
    const room = await this.#rooms.of(shop)
    const done = command.command === 'undo' ? await this.#doneBy(shop, command.of) : []
    try {
      const { results, head } = await room.decide((floor, at) => this.#eventsOf({ floor, at }, id, command, done))
      const [first] = results
      return { outcome: 'done', seq: first === undefined || first === 'duplicate' ? head.seq : first.seq }
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error
      return error.answer.outcome === 'conflict' ? await this.#withWho(shop, error.answer) : error.answer
    }
  }

  #eventsOf(
    { floor, at }: { floor: Floor; at: number },
    id: string,
    command: Command,
    done: readonly DoneEvent[],
  ): SoundEvent[] {
    const checked = command.command === 'undo' ? checkUndo(floor, done, command.by) : checkCommand(floor, command)
    if ('conflict' in checked)
      throw new CommandRefused({ outcome: 'conflict', detail: checked.conflict, now: checked.now })
    if ('invalid' in checked) throw new CommandRefused({ outcome: 'invalid', detail: checked.invalid })
    return checked.events.map((event, i) => ownEvent(event, eventId(id, i), at))
  }

  /** The events of a command, as the log holds them. */
  async #doneBy(shop: ShopRecord, command: string): Promise<DoneEvent[]> {
    const ids = Array.from({ length: MAX_EVENTS }, (_, i) => eventId(command, i))
    const rows = await findOwnEvents(this.#db, shop.id, ids)
    const done = rows.map(({ body }) => {
      const { id, type, subject, data } = JSON.parse(body)
      return { id, type, subject, data } as DoneEvent
    })
    const noted = done.filter(({ type }) => type === 'note.added').map(({ subject }) => subject)
    const withdrawn = await withdrawnNotes(this.#db, shop.id, noted)
    return done.map((event) => (withdrawn.has(event.id) ? { ...event, withdrawn: true } : event))
  }

  /** Who of us last changed what a command found changed. */
  async #withWho(shop: ShopRecord, answer: Answer & { outcome: 'conflict' }): Promise<Answer> {
    const subject = answer.now.conversation ?? answer.now.agent ?? answer.now.alert
    if (typeof subject !== 'string') return answer
    const last = await lastOwnEvent(this.#db, shop.id, subject)
    const by = last && JSON.parse(last).data?.by
    return by === undefined ? answer : { ...answer, now: { ...answer.now, by } }
  }

  /** Its events are in the log, though the server died before it could keep the answer. */
  async #written(shop: ShopRecord, id: string): Promise<Answer | undefined> {
    const [first] = await findOwnEvents(this.#db, shop.id, [eventId(id, 0)])
    return first && { outcome: 'done', seq: first.seq }
  }
}

class CommandRefused extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(answer.outcome)
    this.answer = answer
  }
}

function eventId(command: string, index: number): string {
  return `command:${command}:${index}`
}
