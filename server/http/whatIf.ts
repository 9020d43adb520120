/** A handbook tried on a day or week that was. */
import { createRoute, z } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import { periodOf } from '#core/report/period.ts'
import { handbookChanges } from '#core/shop.ts'
import type { WhatIf } from '#core/whatIf.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { Problem, unfit } from './problem.ts'
import { orProblem, shopPath } from './schemas.ts'

/** A line of the answer. */
export type Told = { done: number } | { result: WhatIf } | { failed: string }

/** A reader sees no finer steps. */
const STEP = 0.01

export function whatIfRoutes(deps: Deps) {
  const whatIf = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/handbook/what-if',
    summary: 'Which breaches a day or week would have had under another handbook, hour by hour beside those it had',
    middleware: [deps.door.shop('read'), smallBody] as const,
    request: {
      params: shopPath,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              period: z.string().openapi({ example: '2026-11-23', description: 'A local day, or an ISO week.' }),
              handbook: handbookChanges.openapi({ description: 'All that the shop would change of the defaults.' }),
            }),
          },
        },
      },
    },
    responses: {
      200: {
        description: 'Lines of JSON: `{"done":0.4}` while it is worked out, then `{"result":…}` or `{"failed":"…"}`.',
        content: { 'application/x-ndjson': { schema: z.string() } },
      },
      ...orProblem,
    },
  })

  return newApi().openapi(
    whatIf,
    async (c) => {
      const { period: name, handbook } = c.req.valid('json')
      const { shop } = c.var
      const period = periodOf(name)
      if (period === undefined)
        throw new Problem(422, 'period: expected a date such as 2026-11-23 or an ISO week such as 2026-W47.')
      const stretch = await deps.whatIfs.begins(shop, period)
      if (stretch === undefined) throw new Problem(422, 'period: expected one that has begun.')
      c.header('content-type', 'application/x-ndjson')
      c.header('cache-control', 'no-store')
      return stream(c, async (out) => {
        const tell = (told: Told) => out.writeln(JSON.stringify(told))
        let said = 0
        const progress = (done: number) => {
          if (done - said < STEP) return
          said = done
          void tell({ done: Math.floor(done * 100) / 100 })
        }
        try {
          await tell({ result: await deps.whatIfs.compare(shop, stretch, handbook, progress) })
        } catch (err) {
          deps.logger.error({ err, shop: shop.slug }, 'a what-if failed')
          await tell({ failed: 'It could not be worked out; the server’s log says why.' })
        }
      }) as never
    },
    (result) => {
      if (!result.success) throw unfit(422, result.error, 'The what-if')
    },
  )
}
