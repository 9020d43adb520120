/** What a lead sees and does: the view, the open conversations, what is selected, proposed, done and opened. */
import type { Command, FloorCommand, SingleCommand } from '#core/commands.ts'
import type { Forecast } from '#core/forecast.ts'
import type { Row } from '#core/list.ts'
import { Refusal } from '../api.ts'
import type { Board } from '../live/board.svelte.ts'
import { reasonOf } from '../page/reason.ts'
import { session } from '../session.svelte.ts'
import { LeadApi } from './api.ts'
import { commandTitle } from './commandTitle.ts'
import { Insight } from './insight.svelte.ts'
import { wordsFor } from './refusals.ts'
import { l } from './words.svelte.ts'

export interface Proposal {
  command: FloorCommand
  forecast: Forecast
  /** For so many of the conversations nobody is free. */
  left: number
}

export interface Toast {
  text: string
  bad: boolean
  /** The command that can be undone. */
  undo?: string
}

/** How long the last step can be taken back by the button; by its key, as long as nothing else is done. */
const UNDO_MS = 10_000
/** The open conversations are asked for again when the floor has changed, but not more often. */
const REFRESH_MS = 500

export class Desk extends Insight {
  readonly api: LeadApi
  /** Of the open conversations the most urgent. */
  rows = $state.raw<Row[] | undefined>()
  /** How many are open. */
  openCount = $state(0)
  failed = $state<string | undefined>()
  selected = $state.raw<ReadonlySet<string>>(new Set())
  proposal = $state.raw<Proposal | undefined>()
  toast = $state.raw<Toast | undefined>()
  /** Where conversations are believed to be until the server says so; null is with nobody. */
  #believed = $state.raw<ReadonlyMap<string, string | null>>(new Map())
  #refreshing = false
  #again = false
  /** What can be taken back. */
  #last: { id: string; title: string } | undefined
  #toastTimer: ReturnType<typeof setTimeout> | undefined

  constructor(shop: string, board: Board) {
    super(shop, board)
    this.api = new LeadApi(shop)
  }

  /** The open conversations, as they are or are just becoming. */
  get conversations(): Row[] {
    return (this.rows ?? []).map((row) => {
      const believed = this.#believed.get(row.subject)
      if (believed === undefined) return row
      const { agent, ...rest } = row
      return believed === null ? rest : { ...rest, agent: believed }
    })
  }

  /** Not yet confirmed by the server. */
  isPending(conversation: string): boolean {
    return this.#believed.has(conversation)
  }

  /** The lead, where they are an agent of the shop too. */
  get ownAgent(): string | undefined {
    const { me } = session
    return Object.entries(this.view.agents).find(([id, { name }]) => id === me?.username || name === me?.name)?.[0]
  }

  /** Asks for the open conversations again, now or once the answer under way is there. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true
      return
    }
    this.#refreshing = true
    try {
      const { rows, count } = await this.inside.list('conversations/active')
      this.rows = rows
      this.openCount = count
      this.failed = undefined
      this.#believed = new Map()
      const open = new Set(rows.map(({ subject }) => subject))
      if ([...this.selected].some((id) => !open.has(id)))
        this.selected = new Set([...this.selected].filter((id) => open.has(id)))
    } catch (error) {
      this.failed = reasonOf(error)
    }
    setTimeout(() => {
      this.#refreshing = false
      if (!this.#again) return
      this.#again = false
      void this.refresh()
    }, REFRESH_MS)
  }

  toggle(conversation: string): void {
    const selected = new Set(this.selected)
    if (!selected.delete(conversation)) selected.add(conversation)
    this.selected = selected
  }

  select(conversations: readonly string[]): void {
    this.selected = new Set(conversations)
  }

  /** One, or all that are selected when it is one of them. */
  meant(conversation: string): string[] {
    return this.selected.has(conversation) ? [...this.selected] : [conversation]
  }

  /** Says what assigning them would do; to be confirmed. */
  assign(conversations: readonly string[], agent: string): Promise<void> {
    const moved = conversations.filter((id) => this.#holder(id) !== agent)
    return this.propose(
      moved.map((conversation) => ({
        command: 'assign',
        conversation,
        agent,
        expectedAgent: this.#holder(conversation),
      })),
    )
  }

  returnThem(conversations: readonly string[]): Promise<void> {
    const held = conversations.filter((id) => this.#holder(id) !== null)
    return this.propose(
      held.map((conversation) => ({ command: 'return', conversation, expectedAgent: this.#holder(conversation) })),
    )
  }

  moveTo(conversations: readonly string[], queue: string): Promise<void> {
    return this.propose(
      conversations.map((conversation) => ({
        command: 'move_conversation',
        conversation,
        queue,
        expectedQueue: this.conversations.find(({ subject }) => subject === conversation)?.queue ?? null,
      })),
    )
  }

  async spread(conversations: string[]): Promise<void> {
    await this.#try(async () => {
      const { command, forecast, left } = await this.api.plan(conversations)
      this.proposal = { command, forecast, left: left.length }
    })
  }

  async propose(commands: SingleCommand[]): Promise<void> {
    const [first] = commands
    if (first === undefined) return
    const command: FloorCommand = commands.length === 1 ? first : { command: 'together', commands }
    await this.#try(async () => {
      this.proposal = { command, forecast: await this.api.forecast(command), left: 0 }
    })
  }

  /** Does what was proposed. */
  async confirm(): Promise<void> {
    const { proposal } = this
    this.proposal = undefined
    if (proposal === undefined) return
    this.selected = new Set()
    this.#believe(proposal.command)
    await this.act(proposal.command)
  }

  /** Does a command, and says what became of it. */
  async act(command: FloorCommand): Promise<boolean> {
    const id = crypto.randomUUID()
    // Before it is done: an alert that is resolved is in no view any more.
    const title = commandTitle(command, this.view)
    const done = await this.#try(() => this.api.act({ ...command, id } as Command & { id: string }))
    if (done) {
      this.#last = { id, title }
      this.#say({ text: saidOf('done', title), bad: false, undo: id })
    } else this.#believed = new Map()
    void this.refresh()
    return done
  }

  /** Takes back the last step. */
  async undo(): Promise<void> {
    const last = this.#last
    if (last === undefined) return
    this.#last = undefined
    const id = crypto.randomUUID()
    if (await this.#try(() => this.api.act({ command: 'undo', of: last.id, id })))
      this.#say({ text: saidOf('undone', last.title), bad: false })
    void this.refresh()
  }

  #holder(conversation: string): string | null {
    return this.conversations.find(({ subject }) => subject === conversation)?.agent ?? null
  }

  #believe(command: FloorCommand): void {
    const believed = new Map(this.#believed)
    for (const one of command.command === 'together' ? command.commands : [command]) {
      if (one.command === 'assign') believed.set(one.conversation, one.agent)
      if (one.command === 'return') believed.set(one.conversation, null)
    }
    this.#believed = believed
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      const { status, now, message } = error instanceof Refusal ? error : { status: 0, now: {}, message: String(error) }
      this.#say({ text: wordsFor(status, now, message, (id) => this.nameOf(id), session.name), bad: true })
      void this.refresh()
      return false
    }
  }

  #say(toast: Toast): void {
    this.toast = toast
    clearTimeout(this.#toastTimer)
    this.#toastTimer = setTimeout(() => {
      this.toast = undefined
    }, UNDO_MS)
  }
}

const saidOf = (key: 'done' | 'undone', title: string) => (title === '' ? l(key) : `${l(key)} · ${title}`)
