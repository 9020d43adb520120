/** What the desk asks of the server, with this browser's key. */
import type { AgentDay } from '#core/agentDay.ts'
import type { Command, FloorCommand } from '#core/commands.ts'
import type { Forecast } from '#core/forecast.ts'
import type { List, SubjectKind } from '#core/list.ts'
import type { Next } from '#core/next.ts'
import type { Story } from '#core/story.ts'
import type { Suggestions } from '#core/suggest.ts'
import { read, send } from '../api.ts'

export interface StoryEvent {
  seq: number
  time: string
  recordedAt: string
  type: string
  source: string
  data: Record<string, unknown>
}
export type ToldStory = Story & { events: StoryEvent[]; more: boolean }
export interface Plan {
  command: FloorCommand
  forecast: Forecast
  left: string[]
}

/** Every call throws Refusal when the server says no, TypeError when it cannot be reached. */
export class LeadApi {
  #base: string

  constructor(shop: string) {
    this.#base = `/api/shops/${encodeURIComponent(shop)}`
  }

  list = (figure: string) => read<List>(`${this.#base}/list?figure=${encodeURIComponent(figure)}`)
  story = (kind: SubjectKind, subject: string) =>
    read<ToldStory>(`${this.#base}/story?kind=${kind}&subject=${encodeURIComponent(subject)}`)
  day = (agent: string) => read<AgentDay>(`${this.#base}/agents/${encodeURIComponent(agent)}/day`)
  next = () => read<Next>(`${this.#base}/next`)
  suggestions = (conversation: string) =>
    read<Suggestions>(`${this.#base}/suggestions?conversation=${encodeURIComponent(conversation)}`)
  forecast = (command: FloorCommand) => send<Forecast>(`${this.#base}/forecast`, command)
  plan = (conversations: string[]) => send<Plan>(`${this.#base}/plans`, { spread: { conversations } })
  act = (command: Command & { id: string }) => send<{ seq: number }>(`${this.#base}/commands`, command)
}
