/**
 * What is looked into, one on top of the other: the list behind a figure, the story of a subject, an agent's day. `at`:
 * as of an instant of its own, such as a point of a chart.
 */
import type { SubjectKind } from '#core/list.ts'
import type { View } from '#core/view.ts'
import type { Board } from '../live/board.svelte.ts'
import type { Opening } from '../wall/opening.ts'
import { figureTitle } from './figureTitle.ts'
import { InsideApi } from './insideApi.ts'

export type Opened =
  | { what: 'figure'; figure: string; title: string; at?: string | undefined }
  | { what: 'story'; kind: SubjectKind; subject: string; at?: string | undefined }
  | { what: 'day'; agent: string; at?: string | undefined }
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

  /** What was pointed at on a wall. */
  show(opening: Opening): void {
    if (!('figure' in opening)) this.open({ what: 'story', ...opening })
    else this.open({ what: 'figure', ...opening, title: figureTitle(opening.figure, this.view, opening.at) })
  }

  back(): void {
    this.opened = this.opened.slice(0, -1)
  }
}
