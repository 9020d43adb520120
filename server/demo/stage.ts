import { Heap } from '#core/heap.ts'

/** What somebody does, told step by step: it yields the milliseconds until it goes on. */
export type Story<Result = void> = Generator<number, Result, void>

/** Somebody in the middle of a story. */
export interface Actor {
  /** Goes on with the story now instead of at the instant it waits for. */
  wake(): void
}

interface Turn {
  role: Role
  number: number
}

class Role implements Actor {
  readonly story: Story
  /** Counts the waits, so that a turn left over from one that was cut short is known as stale. */
  turn = 0
  #stage: Stage

  constructor(stage: Stage, story: Story) {
    this.#stage = stage
    this.story = story
  }

  wake(): void {
    this.#stage.enter(this, 0)
  }
}

/** The simulated time and everybody living in it: many stories, one clock, one order of happening. */
export class Stage {
  /** Epoch milliseconds. */
  now: number
  #agenda = new Heap<Turn>()

  constructor(start: number) {
    this.now = start
  }

  /** Begins a story `delayMs` from now. */
  begin(story: Story, delayMs = 0): Actor {
    const role = new Role(this, story)
    this.enter(role, delayMs)
    return role
  }

  enter(role: Role, delayMs: number): void {
    this.#agenda.push(Math.ceil(this.now + Math.max(0, delayMs)), { role, number: ++role.turn })
  }

  /** The milliseconds from now to an instant, for a story to yield; 0 when it has passed. */
  until(instant: number): number {
    return Math.max(0, instant - this.now)
  }

  /** Takes the next step of whichever story is due first; call only while a story is under way. */
  step(): void {
    const at = this.#agenda.next
    const { role, number } = this.#agenda.pop()
    if (number !== role.turn) return
    this.now = at
    const { done, value } = role.story.next()
    if (!done && number === role.turn) this.enter(role, value)
  }
}
