/** Events that were rejected: kept, listed, and sent again once what was wrong is mended. */
import { createRoute, z } from '@hono/zod-openapi'
import { formatInstant } from '#server/instant.ts'
import type { Rejected } from '#server/log/rejectedEvents.ts'
import { newApi } from './api.ts'
import { readLine } from './cloudEvents.ts'
import type { Deps } from './deps.ts'
import { BEFORE_LOG } from './ingest.ts'
import { judge } from './judge.ts'
import { Problem } from './problem.ts'
import { checkReceipt, receiptSchema } from './receipt.ts'
import { json, orProblem, pageSize, shopPath, wholeNumber } from './schemas.ts'

const rejectedSchema = z
  .object({
    id: z.number(),
    body: z.string().openapi({ description: 'The event as it was sent.' }),
    reason: z.string(),
    key: z.string().openapi({ description: 'The name of the key it came with.' }),
    at: z.string(),
  })
  .openapi('Rejected')

export function rejectedRoutes(deps: Deps) {
  const list = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/rejected',
    summary: 'Events that were rejected, newest first',
    request: {
      params: shopPath,
      query: z.object({
        limit: pageSize(1_000, 100),
        before: wholeNumber(Number.MAX_SAFE_INTEGER).optional().openapi({ description: '`next` of the page before.' }),
      }),
    },
    responses: {
      200: json(z.object({ rejected: z.array(rejectedSchema), next: z.number().optional() }), 'One page.'),
      ...orProblem,
    },
  })
  const resend = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/rejected/{id}/resend',
    summary: 'Send a rejected event again, as it was kept; once it goes in, it leaves the list',
    request: { params: shopPath.extend({ id: wholeNumber(Number.MAX_SAFE_INTEGER) }) },
    responses: { 202: json(receiptSchema, 'It is durable.'), ...orProblem },
  })

  return newApi()
    .openapi(list, async (c) => {
      const { limit, before } = c.req.valid('query')
      const page = { limit: limit + 1, ...(before !== undefined && { before }) }
      const found = await deps.log.rejected.list(c.var.shop.id, page)
      const rejected = found.slice(0, limit)
      const next = found.length > limit && { next: rejected.at(-1)?.id ?? 0 }
      return c.json({ rejected: rejected.map(shown), ...next }, 200)
    })
    .openapi(resend, async (c) => {
      const { shop, grant } = c.var
      const { id } = c.req.valid('param')
      const kept = await deps.log.rejected.find(shop.id, id)
      if (kept === undefined) throw new Problem(404, `There is no rejected event ${id}.`)
      const verdict = judge(readLine(kept.body), { source: grant.key?.source })
      const room = await deps.rooms.of(shop)
      const forgotten = 'event' in verdict && (await deps.log.forgotten(shop.id, [verdict.event])).size > 0
      if (!('event' in verdict) || forgotten) {
        const why = 'event' in verdict ? { id: verdict.event.id, error: BEFORE_LOG } : verdict
        const rejected = [{ index: 0, ...why }]
        return c.json(checkReceipt({ accepted: 0, duplicates: 0, rejected, head: room.head.seq }), 202)
      }
      const { results, head } = await room.submit([verdict.event], 'live')
      await deps.log.rejected.remove(shop.id, id)
      const duplicates = results[0] === 'duplicate' ? 1 : 0
      return c.json({ accepted: 1 - duplicates, duplicates, rejected: [], head: head.seq }, 202)
    })
}

function shown({ id, body, reason, keyName, receivedAt }: Rejected): z.output<typeof rejectedSchema> {
  return { id, body, reason, key: keyName, at: formatInstant(receivedAt) }
}
