/** For those who run the server: is it alive, does it serve, how is it doing. */
import { createRoute, z } from '@hono/zod-openapi'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem } from './schemas.ts'

const ok = z.object({ status: z.literal('ok') })

export function healthRoutes(deps: Deps) {
  const healthz = createRoute({
    method: 'get',
    path: '/healthz',
    summary: 'The process is alive',
    responses: { 200: json(ok, 'It is.') },
  })
  const readyz = createRoute({
    method: 'get',
    path: '/readyz',
    summary: 'The server serves and reaches its database',
    responses: { 200: json(ok, 'It does.'), ...orProblem },
  })
  const metrics = createRoute({
    method: 'get',
    path: '/metrics',
    summary: 'Figures for Prometheus; no shop, key or subject is named in them',
    responses: {
      200: { description: 'Prometheus text.', content: { 'text/plain': { schema: z.string() } } },
      ...orProblem,
    },
  })

  return newApi()
    .openapi(healthz, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(readyz, async (c) => {
      await deps.shops.list().catch(() => {
        throw new Problem(503, 'The database does not answer.', { headers: { 'retry-after': '1' } })
      })
      return c.json({ status: 'ok' as const }, 200)
    })
    .openapi(metrics, async (c) => c.text(await deps.metrics.text(), 200, { 'content-type': deps.metrics.contentType }))
}
