/** Sending events, and reading them back in the order of the log. */
import { createRoute, z } from '@hono/zod-openapi'
import { formatInstant } from '#server/instant.ts'
import type { StoredEvent } from '#server/log/log.ts'
import { newApi } from './api.ts'
import { readText } from './body.ts'
import { MEDIA_TYPES, readCandidates } from './cloudEvents.ts'
import type { Deps } from './deps.ts'
import { ingest } from './ingest.ts'
import { NDJSON } from './progressLines.ts'
import { checkReceipt, receiptSchema } from './receipt.ts'
import { cloudEvent, json, orProblem, pageSize, shopPath, wholeNumber } from './schemas.ts'
import { isWanted } from './wanted.ts'

const MAX_PAGE = 10_000

const storedEvent = cloudEvent
  .extend({ seq: z.number(), recordedAt: z.string().openapi({ format: 'date-time' }) })
  .openapi('StoredEvent')

export function eventRoutes(deps: Deps) {
  const described = { schema: { $ref: '#/components/schemas/CloudEvent' } }
  const send = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/events',
    summary: 'Send events: CloudEvents 1.0 in binary, structured or batched mode, or NDJSON with one event a line',
    request: {
      params: shopPath,
      query: z.object({ mode: z.enum(['live', 'backfill']).default('live') }),
      body: {
        description:
          'At most 5 MiB and 10,000 events. In binary mode the attributes are ce- headers and the body is the data.',
        content: {
          [MEDIA_TYPES[0]]: described,
          [MEDIA_TYPES[1]]: { schema: { type: 'array', items: described.schema } },
          [MEDIA_TYPES[2]]: { schema: { type: 'string' } },
          'application/json': { schema: { type: 'object' } },
        },
      },
    },
    responses: { 202: json(receiptSchema, 'All accepted events are durable.'), ...orProblem },
  })

  const list = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/events',
    summary: 'The log, in order of seq; as NDJSON by Accept',
    request: {
      params: shopPath,
      query: z.object({
        after: wholeNumber(Number.MAX_SAFE_INTEGER).default(0),
        limit: pageSize(MAX_PAGE, 1_000),
      }),
    },
    responses: {
      200: {
        description: 'Events with their seq and recordedAt.',
        content: {
          'application/json': { schema: z.object({ events: z.array(storedEvent) }) },
          [NDJSON]: { schema: z.string() },
        },
      },
      ...orProblem,
    },
  })

  return newApi()
    .openapi(send, async (c) => {
      const { mode } = c.req.valid('query')
      const candidates = readCandidates(c.req.raw.headers, await readText(c))
      return c.json(checkReceipt(await ingest(deps, c.get('shop'), c.get('grant'), candidates, mode)), 202)
    })
    .openapi(list, async (c) => {
      const { after, limit } = c.req.valid('query')
      const cut = await deps.log.cutOf(c.var.shop.id)
      // Whoever begins is given what there is; whoever goes on hears that some of it is gone.
      const from = after === 0 ? (cut?.seq ?? 0) : after
      const events = (await deps.log.read(c.var.shop.id, { after: from, limit })).map(withPlace)
      if (isWanted(c, NDJSON)) {
        // The types of the description know JSON only.
        return c.body(events.map((event) => `${JSON.stringify(event)}\n`).join(''), 200, {
          'content-type': NDJSON,
        }) as never
      }
      return c.json({ events }, 200)
    })
}

/** The event as it was sent, with its place in the log. */
export function withPlace({ body, seq, recordedAt }: StoredEvent): z.output<typeof storedEvent> {
  return { ...JSON.parse(body), seq, recordedAt: formatInstant(recordedAt) }
}
