/** Says what was asked and answered, quietly: no query, no header, no body, so never a key. */
import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'

export function logRequests(logger: Logger): MiddlewareHandler {
  if (!logger.isLevelEnabled('debug')) return (_c, next) => next()
  return async (c, next) => {
    const startedAt = performance.now()
    await next()
    const ms = Math.round(performance.now() - startedAt)
    logger.debug({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request')
  }
}
