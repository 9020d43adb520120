/** What if another handbook had held on a day or in a week: asked before publishing it. Nothing is done. */
import { createRoute, z } from '@hono/zod-openapi'
import { periodOf } from '#core/report/period.ts'
import { handbookChanges } from '#core/shop.ts'
import type { WhatIf } from '#core/whatIf.ts'
import { Zone } from '#core/zone.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { demandFit } from './handbookFit.ts'
import { momentOf } from './moment.ts'
import { Problem, unfit } from './problem.ts'
import { NDJSON, progressLines } from './progressLines.ts'
import { orProblem, shopPath } from './schemas.ts'

const asked = z.object({
  period: z.string().openapi({ description: 'A local date or an ISO week.', example: '2026-W48' }),
  handbook: handbookChanges,
})

export function whatIfRoutes(deps: Deps) {
  const whatIf = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/handbook/what-if',
    summary: 'Breaches hour by hour as they were and as they would have been under another handbook',
    middleware: smallBody,
    request: { params: shopPath, body: { required: true, content: { 'application/json': { schema: asked } } } },
    responses: {
      200: {
        description: 'Lines of `{"progress": share}`, then one of `{"result": …}` or `{"error": …}`.',
        content: { [NDJSON]: { schema: z.string() } },
      },
      ...orProblem,
    },
  })

  return newApi().openapi(
    whatIf,
    async (c) => {
      const { shop } = c.var
      const { period: name, handbook } = c.req.valid('json')
      demandFit(handbook, (await c.req.json()).handbook)
      const room = await deps.rooms.of(shop)
      const named = periodOf(name)
      if (named === undefined)
        throw new Problem(422, 'period: expected a date such as 2026-11-23 or a week such as 2026-W48.')
      const zone = new Zone(room.config.timezone)
      const period = { from: zone.startOf(named.first), to: zone.startOf(named.last + 1) }
      if (period.from >= room.now) throw new Problem(422, 'period: expected one that has begun.')
      await deps.log.demandKept(shop.id, period.from)
      const { at: to } = await momentOf(deps, shop, Math.min(period.to, room.now))
      const asked = { period: { from: period.from, to }, handbook }
      // The types of the description know JSON only. Whoever goes away before the end has given it up.
      return progressLines<WhatIf>(c, deps.logger, (goOn) => deps.archive.whatIf(shop, asked, goOn)) as never
    },
    (result) => {
      if (!result.success) throw unfit(422, result.error, 'What was asked')
    },
  )
}
