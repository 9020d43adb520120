/** All routes together. Never listens: main.ts does. */
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isUnavailable } from '#db/unavailable.ts'
import { isUnstorable } from '#db/unstorable.ts'
import { TooOften } from './auth/limits.ts'
import { adviceRoutes } from './http/advice.ts'
import { alertRoutes } from './http/alerts.ts'
import { newApi } from './http/api.ts'
import { auditRoutes } from './http/audit.ts'
import { authRoutes } from './http/auth.ts'
import { commandRoutes } from './http/commands.ts'
import { dayRoutes } from './http/days.ts'
import type { Deps } from './http/deps.ts'
import { erasureRoutes } from './http/erasures.ts'
import { eventRoutes } from './http/events.ts'
import { exportRoutes } from './http/export.ts'
import { handbookRoutes } from './http/handbook.ts'
import { healthRoutes } from './http/health.ts'
import { importRoutes } from './http/import.ts'
import { insideRoutes } from './http/inside.ts'
import { keepingRoutes } from './http/keeping.ts'
import { keyRoutes } from './http/keys.ts'
import { meRoutes } from './http/me.ts'
import { otherMethods } from './http/methods.ts'
import { describeApi } from './http/openapi.ts'
import { peopleRoutes } from './http/people.ts'
import { personSessionRoutes } from './http/personSessions.ts'
import { Problem } from './http/problem.ts'
import { rejectedRoutes } from './http/rejected.ts'
import { reportRoutes } from './http/reports.ts'
import { logRequests } from './http/requestLog.ts'
import { screenRoutes } from './http/screens.ts'
import { segmentRoutes } from './http/segments.ts'
import { shopPeopleRoutes } from './http/shopPeople.ts'
import { shopRoutes } from './http/shops.ts'
import { isForReader, nowhere, staticRoutes } from './http/static.ts'
import { viewRoutes } from './http/view.ts'
import { webhookRoutes } from './http/webhooks.ts'
import { whatIfRoutes } from './http/whatIf.ts'
import { formatInstant } from './instant.ts'
import { Overloaded } from './live/inbox.ts'
import { BeforeLog } from './log/log.ts'

export function createApp(deps: Deps) {
  const api = newApi()
    .route('/', eventRoutes(deps))
    .route('/', rejectedRoutes(deps))
    .route('/', viewRoutes(deps))
    .route('/', dayRoutes(deps))
    .route('/', segmentRoutes(deps))
    .route('/', insideRoutes(deps))
    .route('/', adviceRoutes(deps))
    .route('/', alertRoutes(deps))
    .route('/', reportRoutes(deps))
    .route('/', commandRoutes(deps))
    .route('/', handbookRoutes(deps))
    .route('/', whatIfRoutes(deps))
    .route('/', shopRoutes(deps))
    .route('/', keyRoutes(deps))
    .route('/', webhookRoutes(deps))
    .route('/', meRoutes(deps))
    .route('/', peopleRoutes(deps))
    .route('/', personSessionRoutes(deps))
    .route('/', shopPeopleRoutes(deps))
    .route('/', screenRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', exportRoutes(deps))
    .route('/', importRoutes(deps))
    .route('/', erasureRoutes(deps))
    .route('/', keepingRoutes(deps))
    .route('/', healthRoutes(deps))
  const app = newApi()
  app.use('*', logRequests(deps.logger))
  app.use('*', deps.door.guard())
  const routes = app.route('/', api)
  describeApi(routes)
  routes.route('/', authRoutes(deps))
  routes.route('/', staticRoutes(deps.distDir))

  routes.notFound(async (c) => {
    const allowed = otherMethods(routes.routes, c.req.method, c.req.path)
    if (allowed.length === 0) {
      const page = isForReader(c) ? await nowhere(deps.distDir, c) : undefined
      return page ?? new Problem(404, `There is nothing at ${c.req.path}.`).toResponse()
    }
    const headers = { allow: allowed.join(', ') }
    return new Problem(405, `${c.req.method} is not possible here.`, { headers }).toResponse()
  })
  routes.onError((error, c) => problemOf(error, c).toResponse())
  return routes

  function problemOf(error: Error, c: Context): Problem {
    if (error instanceof Problem) return error
    if (error instanceof Overloaded) {
      deps.metrics.overloaded()
      return new Problem(503, error.message, { headers: { 'retry-after': '1' } })
    }
    if (error instanceof TooOften)
      return new Problem(429, error.message, { headers: { 'retry-after': String(error.retryAfterS) } })
    if (error instanceof HTTPException) return new Problem(error.status, error.message)
    if (error instanceof BeforeLog) {
      const keptFrom = formatInstant(error.keptFrom)
      return new Problem(410, `The log of this shop is kept since ${keptFrom}.`, {
        members: { keptFrom, code: 'not_kept' },
      })
    }
    if (isUnstorable(error)) return new Problem(400, 'A text holds NUL, which cannot be kept.')
    // Who has gone hears nothing, and nothing is wrong.
    if (c.req.raw.signal.aborted) return new Problem(400, 'The request was broken off.')
    if (isUnavailable(error)) {
      deps.logger.warn({ err: error, method: c.req.method, path: c.req.path }, 'the database does not answer')
      return new Problem(503, 'The database does not answer.', { headers: { 'retry-after': '1' } })
    }
    deps.logger.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
    return new Problem(500, 'Something went wrong here; the server’s log says what.')
  }
}
