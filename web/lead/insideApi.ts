/** What is asked of the server to look inside, now or as of then. */
import type { AgentDay } from '#core/agentDay.ts'
import type { List, SubjectKind } from '#core/list.ts'
import type { Next } from '#core/next.ts'
import type { Story } from '#core/story.ts'
import { read } from '../api.ts'

export interface StoryEvent {
  seq: number
  time: string
  recordedAt: string
  type: string
  source: string
  data: Record<string, unknown>
}
export type ToldStory = Story & { events: StoryEvent[]; more: boolean }

/** Every call throws Refusal when the server says no, Unreachable when it does not answer. */
export class InsideApi {
  #base: string
  #at: (() => string) | undefined

  /** @param at as of when, where not now: RFC 3339 */
  constructor(shop: string, at?: () => string) {
    this.#base = `/api/shops/${encodeURIComponent(shop)}`
    this.#at = at
  }

  list = (figure: string, at?: string) => this.#ask<List>('list', { figure }, at)
  story = (kind: SubjectKind, subject: string, at?: string) => this.#ask<ToldStory>('story', { kind, subject }, at)
  day = (agent: string, at?: string) => this.#ask<AgentDay>(`agents/${encodeURIComponent(agent)}/day`, {}, at)
  next = () => this.#ask<Next>('next', {})

  #ask<T>(what: string, values: Record<string, string>, at = this.#at?.()): Promise<T> {
    const query = new URLSearchParams(at === undefined ? values : { ...values, at })
    return read<T>(`${this.#base}/${what}${query.size === 0 ? '' : `?${query}`}`)
  }
}
