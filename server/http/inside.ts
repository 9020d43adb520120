/** Looking inside: the list behind a figure, the story of a subject, an agent's day; now or as of any instant. */
import { createRoute, z } from '@hono/zod-openapi'
import type { AgentDay } from '#core/agentDay.ts'
import type { List } from '#core/list.ts'
import type { Story } from '#core/story.ts'
import { formatInstant } from '#server/instant.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { momentOf } from './moment.ts'
import { Problem } from './problem.ts'
import { instant, json, orProblem, shopPath } from './schemas.ts'

const MAX_EVENTS = 1_000
const KINDS = {
  conversation: ['conversation.', 'message.'],
  order: ['order.'],
  return: ['return.'],
  complaint: ['complaint.'],
  inquiry: ['inquiry.'],
  sku: ['stock.'],
  agent: ['agent.'],
  queue: [],
  wave: ['pickup.'],
  source: ['platform.'],
  shop: ['shop.', 'handbook.', 'note.'],
} satisfies Record<Story['kind'], string[]>
const kinds = Object.keys(KINDS) as [Story['kind'], ...Story['kind'][]]

export interface StoryEvent {
  seq: number
  time: string
  recordedAt: string
  type: string
  source: string
  data: Record<string, unknown>
}

/** `more`: there are later events than those. */
export type ToldStory = Story & { events: StoryEvent[]; more: boolean }

const object = <T>(name: string) => z.custom<T>().openapi(name, { type: 'object', additionalProperties: true })

export function insideRoutes(deps: Deps) {
  const list = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/list',
    summary: 'The list behind a figure: as many rows as the figure says at that instant, the worst first',
    request: {
      params: shopPath,
      query: z.object({
        figure: z.string().openapi({
          description: 'Its path in the view, each part encoded as in a URL.',
          example: 'queues/presales/waiting',
        }),
        at: instant.optional(),
      }),
    },
    responses: { 200: json(object<List>('List'), '`count` is of all rows; at most 500 are listed.'), ...orProblem },
  })

  const story = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/story',
    summary: 'The story of a subject: its events in order, its clocks, and why each counted or not',
    request: {
      params: shopPath,
      query: z.object({ kind: z.enum(kinds), subject: z.string().min(1).max(200), at: instant.optional() }),
    },
    responses: { 200: json(object<ToldStory>('Story'), 'The story.'), ...orProblem },
  })

  const day = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/agents/{agent}/day',
    summary: 'An agent’s day: status, load, auto-replies, answers, breaches, moves, breaks',
    request: {
      params: shopPath.extend({ agent: z.string().min(1).max(200) }),
      query: z.object({ at: instant.optional() }),
    },
    responses: { 200: json(object<AgentDay>('AgentDay'), 'The day so far.'), ...orProblem },
  })

  return newApi()
    .openapi(list, async (c) => {
      const { figure, at: asked } = c.req.valid('query')
      const { at, final } = await momentOf(deps, c.var.shop, asked)
      const found = await deps.archive.look(c.var.shop, at, final, 'list', figure)
      if (found === undefined)
        throw new Problem(422, 'figure: expected the path of a figure of the view, such as queues/presales/waiting.')
      c.header('cache-control', 'no-store')
      return c.json(found, 200)
    })
    .openapi(story, async (c) => {
      const { kind, subject, at: asked } = c.req.valid('query')
      const { at, final } = await momentOf(deps, c.var.shop, asked)
      const told = await deps.archive.look(c.var.shop, at, final, 'story', kind, subject)
      const { events, more } = await eventsOf(c.var.shop.id, kind, subject, told.seq)
      if (!told.known && events.length === 0) throw new Problem(404, `subject: no ${kind} "${subject}" is known.`)
      c.header('cache-control', 'no-store')
      return c.json({ ...told, events, more }, 200)
    })
    .openapi(day, async (c) => {
      const { agent } = c.req.valid('param')
      const { at, final } = await momentOf(deps, c.var.shop, c.req.valid('query').at)
      const found = await deps.archive.look(c.var.shop, at, final, 'agentDay', agent)
      if (found === undefined) throw new Problem(404, `agent: no agent "${agent}" is known.`)
      c.header('cache-control', 'no-store')
      return c.json(found, 200)
    })

  async function eventsOf(shopId: number, kind: Story['kind'], subject: string, upToSeq: number) {
    const stored = await deps.log.readOf(shopId, subject, upToSeq, MAX_EVENTS + 1)
    const told = stored.flatMap(({ seq, recordedAt, time, body }): StoryEvent[] => {
      const { type, source, data = {} } = JSON.parse(body)
      const prefixes: readonly string[] = KINDS[kind]
      if (!prefixes.some((prefix) => type.startsWith(prefix))) return []
      return [{ seq, time: formatInstant(time), recordedAt: formatInstant(recordedAt), type, source, data: data ?? {} }]
    })
    return { events: told.slice(0, MAX_EVENTS), more: stored.length > MAX_EVENTS }
  }
}
