/** Acting on the floor. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Command, command } from '#core/commands.ts'
import { actorName, type Grant } from '#server/auth/grant.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { Problem, unfit } from './problem.ts'
import { json, orProblem, shopPath } from './schemas.ts'

export function commandRoutes(deps: Deps) {
  const act = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/commands',
    summary:
      'Assign, move, return, set a status, acknowledge, snooze, resolve, note: checked at the moment of appending',
    middleware: smallBody,
    request: {
      params: shopPath,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: command.and(
              z.object({
                id: z
                  .string()
                  .min(1)
                  .max(100)
                  .optional()
                  .openapi({ description: 'The same id again: the same answer, done once.' }),
              }),
            ),
          },
        },
      },
    },
    responses: {
      200: json(z.object({ seq: z.number() }), 'Done; the seq of the event it wrote.'),
      ...orProblem,
    },
  })

  return newApi().openapi(
    act,
    async (c) => {
      const { id, ...asked } = c.req.valid('json')
      const { shop, grant } = c.var
      const answer = await deps.commands.run(shop, id, actedBy(grant, asked))
      switch (answer.outcome) {
        case 'done':
          return c.json({ seq: answer.seq }, 200)
        case 'conflict':
          throw new Problem(409, answer.detail, { members: { now: answer.now } })
        case 'invalid':
          throw new Problem(422, answer.detail)
        default:
          return answer satisfies never
      }
    },
    (result) => {
      if (!result.success) throw unfit(422, result.error, 'The command')
    },
  )
}

/** Nobody acts in another's name, nor in any part of what they do together. */
function actedBy(grant: Grant, asked: Command): Command {
  const by = actorName(grant, asked.by)
  if (asked.command !== 'together') return { ...asked, by }
  return { ...asked, by, commands: asked.commands.map((one) => ({ ...one, by: actorName(grant, one.by ?? by) })) }
}
