/** Whoever has come in: who they are, what they may do where, and the sessions they are signed in by. */
import { createRoute, z } from '@hono/zod-openapi'
import { RIGHTS } from '#core/rights.ts'
import { allows } from '#server/auth/grant.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem } from './schemas.ts'
import { screenSchema, shownScreen } from './screens.ts'
import { sessionSchema, shownSession } from './sessions.ts'

const shopOfMine = z.object({
  shop: z.string(),
  name: z.string(),
  role: z.string().optional(),
  rights: z.array(z.enum(RIGHTS)),
})
const meSchema = z
  .object({
    kind: z.enum(['person', 'screen', 'key', 'admin_key']),
    id: z.string().optional(),
    name: z.string(),
    username: z.string().optional(),
    email: z.string().optional(),
    install: z.boolean().openapi({ description: 'Whether they run the whole installation.' }),
    shops: z.array(shopOfMine),
    screen: screenSchema.optional(),
  })
  .openapi('Me')

export function meRoutes(deps: Deps) {
  const door = createRoute({
    method: 'get',
    path: '/api/door',
    summary: 'How one comes in here',
    security: [],
    responses: {
      200: json(
        z.object({ setup: z.boolean(), openid: z.object({ name: z.string() }).optional() }),
        '`setup`: nobody can sign in yet.',
      ),
      ...orProblem,
    },
  })
  const me = createRoute({
    method: 'get',
    path: '/api/me',
    summary: 'Who asks, and what they may do',
    responses: { 200: json(meSchema, 'You.'), ...orProblem },
  })
  const sessions = createRoute({
    method: 'get',
    path: '/api/me/sessions',
    summary: 'Where one is signed in',
    responses: { 200: json(z.object({ sessions: z.array(sessionSchema) }), 'The newest first.'), ...orProblem },
  })
  const endOthers = createRoute({
    method: 'delete',
    path: '/api/me/sessions',
    summary: 'Sign out everywhere else',
    responses: { 204: { description: 'Done.' }, ...orProblem },
  })
  const endOne = createRoute({
    method: 'delete',
    path: '/api/me/sessions/{id}',
    summary: 'Sign out somewhere',
    request: { params: z.object({ id: z.string().max(100) }) },
    responses: { 204: { description: 'Done.' }, ...orProblem },
  })

  return newApi()
    .openapi(door, async (c) => {
      const { openid } = deps
      c.header('cache-control', 'no-store')
      return c.json({ setup: await deps.people.lackAdmin(), ...(openid && { openid: { name: openid.name } }) }, 200)
    })
    .openapi(me, async (c) => {
      const { grant } = c.var
      const { kind, id, name } = grant
      const person = kind === 'person' ? await deps.people.find(id ?? '') : undefined
      const screen = kind === 'screen' ? await deps.screens.find(id ?? '') : undefined
      const all = await deps.shops.list()
      const rooms = await Promise.all(
        all.filter(({ slug }) => allows(grant, slug, 'watch')).map((shop) => deps.rooms.of(shop)),
      )
      const shops = rooms.map(({ config }) => {
        const role = person?.roles.find(({ shop }) => shop === config.shop)?.role ?? person?.everywhere
        const rights = RIGHTS.filter((right) => allows(grant, config.shop, right))
        return { shop: config.shop, name: config.name, rights, ...(role !== undefined && { role }) }
      })
      c.header('cache-control', 'no-store')
      return c.json(
        {
          kind,
          name,
          shops,
          install: allows(grant, undefined, 'install'),
          ...(id !== undefined && { id }),
          ...(person?.username !== undefined && { username: person.username }),
          ...(person?.email !== undefined && { email: person.email }),
          ...(screen !== undefined && { screen: shownScreen(screen) }),
        },
        200,
      )
    })
    .openapi(sessions, async (c) => {
      const { id = '', session } = c.var.grant
      const sessions = (await deps.people.sessionsOf(id)).map((row) => shownSession(row, session))
      c.header('cache-control', 'no-store')
      return c.json({ sessions }, 200)
    })
    .openapi(endOthers, async (c) => {
      const { id = '', session } = c.var.grant
      const ended = await deps.people.endSessions(id, { except: session })
      await deps.audit.note(c.var.grant, 'session_revoked', {
        target: c.var.grant.name,
        detail: `all ${ended} others`,
        address: c.var.address,
      })
      return c.body(null, 204)
    })
    .openapi(endOne, async (c) => {
      const { id = '' } = c.var.grant
      const ended = await deps.people.endSessions(id, { id: c.req.valid('param').id })
      if (ended === 0) throw new Problem(404, 'There is no such session.')
      await deps.audit.note(c.var.grant, 'session_revoked', { target: c.var.grant.name, address: c.var.address })
      return c.body(null, 204)
    })
}
