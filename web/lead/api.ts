/** What the desk asks of the server. */
import type { Command, FloorCommand } from '#core/commands.ts'
import type { Forecast } from '#core/forecast.ts'
import type { Suggestions } from '#core/suggest.ts'
import { read, send } from '../api.ts'

export interface Plan {
  command: FloorCommand
  forecast: Forecast
  left: string[]
}

/** Every call throws Refusal when the server says no, Unreachable when it does not answer. */
export class LeadApi {
  #base: string

  constructor(shop: string) {
    this.#base = `/api/shops/${encodeURIComponent(shop)}`
  }

  suggestions = (conversation: string) =>
    read<Suggestions>(`${this.#base}/suggestions?conversation=${encodeURIComponent(conversation)}`)
  forecast = (command: FloorCommand) => send<Forecast>(`${this.#base}/forecast`, command)
  plan = (conversations: string[]) => send<Plan>(`${this.#base}/plans`, { spread: { conversations } })
  act = (command: Command & { id: string }) => send<{ seq: number }>(`${this.#base}/commands`, command)
}
