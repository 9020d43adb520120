/** Advice to a lead: what a command would do, who had best take a conversation, what happens next. Nothing is done. */
import { createRoute, z } from '@hono/zod-openapi'
import { type FloorCommand, floorCommand } from '#core/commands.ts'
import { type Forecast, forecast } from '#core/forecast.ts'
import type { Next } from '#core/next.ts'
import { type Suggestions, spread, suggest } from '#core/suggest.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { momentOf } from './moment.ts'
import { lookNow } from './present.ts'
import { Problem, unfit } from './problem.ts'
import { json, orProblem, shopPath, wholeNumber } from './schemas.ts'

const id = z.string().min(1).max(200)
const object = <T>(name: string) => z.custom<T>().openapi(name, { type: 'object', additionalProperties: true })
const forecastSchema = object<Forecast>('Forecast')
const body = <T extends z.ZodType>(schema: T) => ({ required: true, content: { 'application/json': { schema } } })

export function adviceRoutes(deps: Deps) {
  const foresee = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/forecast',
    summary: 'What a command would do, help and make worse; refused as the command would be',
    middleware: smallBody,
    request: { params: shopPath, body: body(floorCommand) },
    responses: { 200: json(forecastSchema, 'The forecast. Nothing was done.'), ...orProblem },
  })

  const plan = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/plans',
    summary: 'A command that spreads conversations evenly over those who are free, with its forecast',
    middleware: smallBody,
    request: {
      params: shopPath,
      body: body(
        z.object({
          spread: z.object({
            conversations: z.array(id).min(1).max(100),
            agents: z.array(id).max(1_000).optional().openapi({ description: 'Only over these.' }),
          }),
        }),
      ),
    },
    responses: {
      200: json(
        z.object({ command: object<FloorCommand>('Command'), forecast: forecastSchema, left: z.array(z.string()) }),
        'To be sent as a command, or not. `left`: those for whom nobody is free.',
      ),
      ...orProblem,
    },
  })

  const suggestions = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/suggestions',
    summary: 'Who had best take a conversation, and why',
    request: { params: shopPath, query: z.object({ conversation: id }) },
    responses: { 200: json(object<Suggestions>('Suggestions'), 'At most five, the best first.'), ...orProblem },
  })

  const next = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/next',
    summary: 'What will breach soon if nobody moves, and the move that saves most of it',
    request: { params: shopPath, query: z.object({ withinMs: wholeNumber(86_400_000).default(300_000) }) },
    responses: { 200: json(object<Next>('Next'), 'The earliest first, at most 100 of them.'), ...orProblem },
  })

  return newApi()
    .openapi(
      foresee,
      async (c) => {
        const asked = c.req.valid('json')
        const told = await lookNow(deps, c.var.shop, (floor) => forecast(floor, asked))
        if ('conflict' in told) throw new Problem(409, told.conflict, { members: { now: told.now } })
        if ('invalid' in told) throw new Problem(422, told.invalid)
        return c.json(told, 200)
      },
      unfitCommand,
    )
    .openapi(
      plan,
      async (c) => {
        const { conversations, agents } = c.req.valid('json').spread
        const planned = await lookNow(deps, c.var.shop, (floor) => {
          const commands = spread(floor, conversations, agents)
          const command: FloorCommand = { command: 'together', commands }
          return commands.length === 0 ? undefined : { command, commands, told: forecast(floor, command) }
        })
        if (planned === undefined) throw new Problem(409, 'Nobody is free for any of these conversations.')
        const { command, commands, told } = planned
        if (!('agents' in told)) throw new Problem(409, 'conflict' in told ? told.conflict : told.invalid)
        const taken = new Set(commands.map((one) => ('conversation' in one ? one.conversation : '')))
        return c.json({ command, forecast: told, left: conversations.filter((one) => !taken.has(one)) }, 200)
      },
      unfitCommand,
    )
    .openapi(suggestions, async (c) => {
      const { conversation } = c.req.valid('query')
      const found = await lookNow(deps, c.var.shop, (floor) => suggest(floor, conversation) ?? { none: true as const })
      if ('none' in found) throw new Problem(404, `conversation: no open conversation "${conversation}" is known.`)
      c.header('cache-control', 'no-store')
      return c.json(found, 200)
    })
    .openapi(next, async (c) => {
      const { at, final } = await momentOf(deps, c.var.shop, undefined)
      const { withinMs } = c.req.valid('query')
      c.header('cache-control', 'no-store')
      return c.json(await deps.archive.look(c.var.shop, at, final, 'next', withinMs), 200)
    })
}

function unfitCommand(result: { success: true } | { success: false; error: z.core.$ZodError }): undefined {
  if (!result.success) throw unfit(422, result.error, 'The command')
  return undefined
}
