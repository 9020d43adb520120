/** A recorded day, cut into segments for replay. */
import { gunzipSync } from 'node:zlib'
import { createRoute, z } from '@hono/zod-openapi'
import { SEGMENT_MS, type Segment } from '#core/segment.ts'
import { PAST_VERSION } from '#core/version.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { cachedAs, FOR_EVER, instant, json, names, orProblem, shopPath } from './schemas.ts'

const segmentSchema = z.custom<Segment>().openapi('Segment', { type: 'object', additionalProperties: true })

export function segmentRoutes(deps: Deps) {
  const segment = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/segments/{from}',
    summary: 'A minute of the past: the view at its beginning, then a merge patch for each second that changed it',
    request: {
      params: shopPath.extend({ from: instant.openapi({ description: 'A whole minute.' }) }),
      query: z.object({ v: cachedAs }),
    },
    responses: {
      200: json(segmentSchema, 'The segment; one that is final may be cached for ever.'),
      304: { description: 'The final segment that the caller has.' },
      ...orProblem,
    },
  })

  return newApi().openapi(segment, async (c) => {
    const { from } = c.req.valid('param')
    const { shop } = c.var
    if (from % SEGMENT_MS !== 0) throw new Problem(400, 'from: expected a whole minute.')
    if (from > (await deps.rooms.of(shop)).now) throw new Problem(422, 'from: expected an instant not later than now.')
    await deps.log.demandKept(shop.id, from)
    const { bytes, final } = await deps.segments.of(shop, from)
    const etag = `"${shop.slug}.segment.${from}.${PAST_VERSION}"`
    c.header('cache-control', final ? FOR_EVER : 'no-store')
    c.header('vary', 'accept-encoding')
    if (final) c.header('etag', etag)
    if (final && names(c.req.header('if-none-match'), etag)) return c.body(null, 304)
    c.header('content-type', 'application/json')
    const takesGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    if (takesGzip) c.header('content-encoding', 'gzip')
    const body = takesGzip ? bytes : gunzipSync(bytes)
    return c.body(body as Uint8Array<ArrayBuffer>, 200) as never
  })
}
