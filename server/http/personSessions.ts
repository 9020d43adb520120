/** Where people are signed in, for the administrators of the installation. */
import { createRoute, z } from '@hono/zod-openapi'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { demandPerson, NO_CONTENT, personPath, told } from './person.ts'
import { Problem } from './problem.ts'
import { json, orProblem } from './schemas.ts'
import { sessionSchema, shownSession } from './sessions.ts'

export function personSessionRoutes(deps: Deps) {
  const { people, audit } = deps
  const sessions = createRoute({
    method: 'get',
    path: '/api/people/{id}/sessions',
    summary: 'Where somebody is signed in',
    request: { params: personPath },
    responses: { 200: json(z.object({ sessions: z.array(sessionSchema) }), 'The newest first.'), ...orProblem },
  })
  const endAll = createRoute({
    method: 'delete',
    path: '/api/people/{id}/sessions',
    summary: 'Sign somebody out everywhere',
    request: { params: personPath },
    responses: NO_CONTENT,
  })
  const endOne = createRoute({
    method: 'delete',
    path: '/api/people/{id}/sessions/{session}',
    summary: 'Sign somebody out somewhere',
    request: { params: personPath.extend({ session: z.string().max(100) }) },
    responses: NO_CONTENT,
  })

  return newApi()
    .openapi(sessions, async (c) => {
      const { id } = await demandPerson(people, c.req.valid('param').id)
      const sessions = (await people.sessionsOf(id)).map((row) => shownSession(row, c.var.grant.session))
      return c.json({ sessions }, 200)
    })
    .openapi(endAll, async (c) => {
      const person = await demandPerson(people, c.req.valid('param').id)
      const ended = await people.endSessions(person.id, {})
      await audit.note(c.var.grant, 'session_revoked', {
        ...told(person),
        detail: `all ${ended}`,
        address: c.var.address,
      })
      return c.body(null, 204)
    })
    .openapi(endOne, async (c) => {
      const { id, session } = c.req.valid('param')
      const person = await demandPerson(people, id)
      if ((await people.endSessions(id, { id: session })) === 0) throw new Problem(404, 'There is no such session.')
      await audit.note(c.var.grant, 'session_revoked', { ...told(person), address: c.var.address })
      return c.body(null, 204)
    })
}
