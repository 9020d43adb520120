/** What is looked into, one on top of the other: the list behind a figure, the story of a subject, an agent's day. */
import type { SubjectKind } from '#core/list.ts'
import type { View } from '#core/view.ts'
import type { Board } from '../live/board.svelte.ts'
import { InsideApi } from './insideApi.ts'

export type Opened =
  | { what: 'figure'; figure: string; title: string }
  | { what: 'story'; kind: SubjectKind; subject: string }
  | { what: 'day'; agent: string }
  | { what: 'next'; title: string }

export class Insight {
  readonly shop: string
  readonly board: Board
  readonly inside: InsideApi
  /** What is opened is kept up with the floor; in a replay it is as of then. */
  readonly live: boolean
  opened = $state.raw<Opened[]>([])

  /** @param at as of when, where not now: RFC 3339 */
  constructor(shop: string, board: Board, at?: () => string) {
    this.shop = shop
    this.board = board
    this.inside = new InsideApi(shop, at)
    this.live = at === undefined
  }

  get view(): View {
    return this.board.view as View
  }

  nameOf(agent: string): string {
    return this.view.agents[agent]?.name ?? agent
  }

  open(opened: Opened): void {
    this.opened = [...this.opened, opened]
  }

  back(): void {
    this.opened = this.opened.slice(0, -1)
  }
}
