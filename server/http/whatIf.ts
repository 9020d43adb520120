/** What if another handbook had held on a day or in a week: asked before publishing it. Nothing is done. */
import { createRoute, z } from '@hono/zod-openapi'
import { periodOf } from '#core/report/period.ts'
import { handbookChanges } from '#core/shop.ts'
import type { WhatIf } from '#core/whatIf.ts'
import { Zone } from '#core/zone.ts'
import type { WhatIfAsked } from '#server/archive/whatIf.ts'
import type { ShopRecord } from '#server/shops.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { demandFit } from './handbookFit.ts'
import { momentOf } from './moment.ts'
import { Problem, unfit } from './problem.ts'
import { orProblem, shopPath } from './schemas.ts'

const NDJSON = 'application/x-ndjson'
/** Progress is told in hundredths. */
const STEP = 0.01

/** A line of the answer: how far it is, then what came of it or why nothing did. */
export type WhatIfLine = { progress: number } | { result: WhatIf } | { error: string }

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
      const { at: to } = await momentOf(deps, shop, Math.min(period.to, room.now))
      c.header('content-type', NDJSON)
      c.header('cache-control', 'no-store')
      // The types of the description know JSON only.
      return c.body(lines(shop, { period: { from: period.from, to }, handbook }), 200) as never
    },
    (result) => {
      if (!result.success) throw unfit(422, result.error, 'What was asked')
    },
  )

  /** Whoever goes away before the end has it given up. */
  function lines(shop: ShopRecord, asked: WhatIfAsked): ReadableStream<Uint8Array> {
    let wanted = true
    const encoder = new TextEncoder()
    return new ReadableStream({
      async start(out) {
        const say = (line: WhatIfLine) => out.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
        let told = 0
        const goOn = (progress: number) => {
          if (wanted && progress - told >= STEP) {
            told = progress
            say({ progress })
          }
          return wanted
        }
        try {
          const result = await deps.archive.whatIf(shop, asked, goOn)
          if (wanted && result !== undefined) say({ result })
        } catch (error) {
          deps.logger.error({ err: error }, 'a what-if failed')
          if (wanted) say({ error: 'It could not be worked out; the server’s log says why.' })
        }
        if (wanted) out.close()
      },
      cancel() {
        wanted = false
      },
    })
  }
}
