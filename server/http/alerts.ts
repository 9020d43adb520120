/** The history of alerts, by the instant each opened. */
import { createRoute, z } from '@hono/zod-openapi'
import type { AlertRecord } from '#core/floor.ts'
import { formatInstant } from '#server/instant.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { instant, json, orProblem, pageSize, shopPath } from './schemas.ts'

const text = z.string()
const alertSchema = z
  .object({
    id: text,
    rule: text,
    subject: text,
    level: z.enum(['warn', 'breach']),
    state: z.enum(['open', 'acknowledged', 'snoozed', 'resolved']),
    since: text,
    dueAt: text.optional(),
    openedAt: text,
    resolvedAt: text.optional(),
    lateMs: z.number().optional(),
    withdrawn: z.boolean().optional(),
    acknowledgedBy: text.optional(),
    agent: text.optional(),
    queue: text.optional(),
    acknowledgedAt: text.optional(),
    handedBy: text.optional(),
    snoozedBy: text.optional(),
    snoozedUntil: text.optional(),
    resolvedBy: text.optional(),
    note: text.optional(),
  })
  .openapi('Alert')

export function alertRoutes(deps: Deps) {
  const list = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/alerts',
    summary: 'Alerts that opened from one instant up to before another, in that order',
    request: {
      params: shopPath,
      query: z.object({
        from: instant.optional(),
        to: instant.optional(),
        rule: z.string().optional(),
        limit: pageSize(1_000, 200),
        after: z.string().optional().openapi({ description: '`next` of the page before.' }),
      }),
    },
    responses: {
      200: json(
        z.object({ alerts: z.array(alertSchema), next: z.string().optional() }),
        '`next` is there when more follow: ask again with it as `after`.',
      ),
      ...orProblem,
    },
  })

  return newApi().openapi(list, async (c) => {
    const { from = 0, to = Number.MAX_SAFE_INTEGER, rule, limit, after } = c.req.valid('query')
    const { shop } = c.var
    await (await deps.rooms.of(shop)).settled()
    const wanted = { from, to, rule, limit: limit + 1, after: after === undefined ? undefined : placeOf(after) }
    const found = await deps.log.alerts.list(shop.id, wanted)
    const alerts = found.slice(0, limit)
    const last = alerts.at(-1)
    const next = found.length > limit && last !== undefined ? { next: `${last.openedAt}.${last.id}` } : {}
    return c.json({ alerts: alerts.map(shown), ...next }, 200)
  })
}

function placeOf(after: string): { openedAt: number; id: string } {
  const [, openedAt, id] = /^(\d{1,15})\.(.+)$/s.exec(after) ?? []
  if (openedAt === undefined || id === undefined) throw new Problem(400, 'after: expected `next` of the page before.')
  return { openedAt: Number(openedAt), id }
}

function shown(alert: AlertRecord): z.output<typeof alertSchema> {
  const { since, dueAt, openedAt, resolvedAt, acknowledgedAt, snoozedUntil, ...same } = alert
  return {
    ...same,
    since: formatInstant(since),
    openedAt: formatInstant(openedAt),
    ...(dueAt !== undefined && { dueAt: formatInstant(dueAt) }),
    ...(acknowledgedAt !== undefined && { acknowledgedAt: formatInstant(acknowledgedAt) }),
    ...(snoozedUntil !== undefined && { snoozedUntil: formatInstant(snoozedUntil) }),
    ...(resolvedAt !== undefined && { resolvedAt: formatInstant(resolvedAt) }),
  }
}
