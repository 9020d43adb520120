/** Panels of a shop: let in by the code they show, given what to show, removed. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Screen } from '#server/auth/screens.ts'
import { formatInstant } from '#server/instant.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem, shopPath } from './schemas.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const settings = z
  .object({
    layout: words(200),
    rotate: words(20),
    theme: z.enum(['dark', 'light', 'auto']),
    lang: z.enum(['zh-CN', 'en']),
  })
  .partial()
  .strict()
  .openapi({ description: 'As the parameters of a wall’s address.' })
const named = { name: words(100), place: words(200) }
export const screenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    place: z.string().optional(),
    shop: z.string(),
    settings: z.record(z.string(), z.string()),
    pairedAt: z.string(),
    pairedBy: z.string(),
    online: z.boolean(),
    lastSeenAt: z.string().optional(),
    showing: z.string().optional(),
    viewAt: z.string().optional().openapi({ description: 'Of the view it shows: how fresh it is.' }),
    release: z.string().optional(),
  })
  .openapi('Screen')
const one = { params: shopPath.extend({ id: z.string().min(1).max(100) }) }

export function screenRoutes(deps: Deps) {
  const { screens, audit } = deps
  const path = '/api/shops/{shop}/screens' as const
  const list = createRoute({
    method: 'get',
    path,
    summary: 'The panels of the shop, what each shows and how fresh',
    request: { params: shopPath },
    responses: { 200: json(z.object({ screens: z.array(screenSchema) }), 'In order of name.'), ...orProblem },
  })
  const pair = createRoute({
    method: 'post',
    path,
    summary: 'Let in the panel that shows a code',
    middleware: smallBody,
    request: {
      params: shopPath,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({
              code: z.string().min(4).max(20),
              name: named.name,
              place: named.place.optional(),
              settings: settings.default({}),
            }),
          },
        },
      },
    },
    responses: { 201: json(screenSchema, 'It shows the shop in a moment.'), ...orProblem },
  })
  const change = createRoute({
    method: 'patch',
    path: `${path}/{id}`,
    summary: 'Another name, place or layout; seen on it at once',
    middleware: smallBody,
    request: {
      ...one,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.object({ name: named.name, place: named.place.nullable(), settings }).partial(),
          },
        },
      },
    },
    responses: { 200: json(screenSchema, 'As it is now.'), ...orProblem },
  })
  const revoke = createRoute({
    method: 'delete',
    path: `${path}/{id}`,
    summary: 'Remove a panel: it goes dark at once',
    request: one,
    responses: { 204: { description: 'Removed.' }, ...orProblem },
  })

  return newApi()
    .openapi(list, async (c) => {
      c.header('cache-control', 'no-store')
      return c.json({ screens: (await screens.list(c.var.shop.id)).map(shownScreen) }, 200)
    })
    .openapi(pair, async (c) => {
      const { shop, grant, address } = c.var
      const { code, ...wanted } = c.req.valid('json')
      const paired = await screens.pair(shop, code, { ...wanted, by: grant.name } as never)
      if (paired === 'unknown') {
        await deps.limits.unknown(address)
        throw new Problem(404, 'code: no panel shows this code; it may have run out.')
      }
      if (paired === 'taken') throw new Problem(409, 'code: this panel has been let in already.')
      await audit.note(grant, 'screen_paired', { shop: shop.slug, target: told(paired), address })
      return c.json(shownScreen(paired), 201)
    })
    .openapi(change, async (c) => {
      const { shop, grant, address } = c.var
      const asked = c.req.valid('json')
      const changed = await screens.change(shop, c.req.valid('param').id, asked as never)
      if (changed === undefined) throw gone()
      const detail = Object.keys(asked).join(', ')
      await audit.note(grant, 'screen_changed', { shop: shop.slug, target: told(changed), detail, address })
      return c.json(shownScreen(changed), 200)
    })
    .openapi(revoke, async (c) => {
      const { shop, grant, address } = c.var
      const revoked = await screens.revoke(shop, c.req.valid('param').id)
      if (revoked === undefined) throw gone()
      await audit.note(grant, 'screen_revoked', { shop: shop.slug, target: told(revoked), address })
      return c.body(null, 204)
    })
}

export function shownScreen({
  pairedAt,
  lastSeenAt,
  viewAt,
  settings,
  ...screen
}: Screen): z.output<typeof screenSchema> {
  return {
    ...screen,
    settings: settings as Record<string, string>,
    pairedAt: formatInstant(pairedAt),
    ...(lastSeenAt !== undefined && { lastSeenAt: formatInstant(lastSeenAt) }),
    ...(viewAt !== undefined && { viewAt: formatInstant(viewAt) }),
  }
}

const gone = () => new Problem(404, 'There is no such screen in this shop.')
const told = ({ id, name }: Screen) => `${name} (${id})`
