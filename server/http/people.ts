/** People and their roles: of the whole installation by its administrators, of a shop by the shop's. */
import { createRoute, z } from '@hono/zod-openapi'
import { ROLES } from '#core/rights.ts'
import { newPerson, personName } from '#server/auth/newPerson.ts'
import { type PasswordLink, type Person, Refused } from '#server/auth/people.ts'
import { formatInstant } from '#server/instant.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem, shopPath } from './schemas.ts'
import { sessionSchema, shownSession } from './sessions.ts'

const role = z.enum(ROLES)
const roles = z.array(z.object({ shop: z.string().max(64), role })).max(1_000)
const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    username: z.string().optional(),
    email: z.string().optional(),
    everywhere: z.enum(ROLES).optional(),
    roles: z.array(z.object({ shop: z.string(), role: z.enum(ROLES) })),
    invited: z.literal(true).optional().openapi({ description: 'Has not chosen a password yet.' }),
    lastSeenAt: z.string().optional(),
  })
  .openapi('Person')
const linkSchema = z.object({ url: z.string(), expiresAt: z.string() }).openapi('PasswordLink')
const personPath = z.object({ id: z.string().min(1).max(100) })
const listed = { 200: json(z.object({ people: z.array(personSchema) }), 'In order of name.'), ...orProblem }
const oneJson = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const NO_CONTENT = { 204: { description: 'Done.' }, ...orProblem }
const reachable = (person: { username?: string | undefined; email?: string | undefined }) =>
  person.username !== undefined || person.email !== undefined
const REACHABLE = { error: 'expected a user name or an email', path: ['username'] }

export function peopleRoutes(deps: Deps) {
  const { people, audit, shops } = deps
  const list = createRoute({
    method: 'get',
    path: '/api/people',
    summary: 'Everybody who can sign in, and their roles',
    responses: listed,
  })
  const add = createRoute({
    method: 'post',
    path: '/api/people',
    summary: 'Add somebody; the link to choose a password is shown this once',
    middleware: smallBody,
    request: oneJson(
      newPerson.extend({ everywhere: role.optional(), roles: roles.default([]) }).refine(reachable, REACHABLE),
    ),
    responses: { 201: json(z.object({ person: personSchema, link: linkSchema }), 'Added.'), ...orProblem },
  })
  const change = createRoute({
    method: 'patch',
    path: '/api/people/{id}',
    summary: 'Change a name or roles; what is left out stays',
    middleware: smallBody,
    request: {
      params: personPath,
      ...oneJson(z.object({ name: personName, everywhere: role.nullable(), roles }).partial()),
    },
    responses: { 200: json(personSchema, 'As it is now.'), ...orProblem },
  })
  const remove = createRoute({
    method: 'delete',
    path: '/api/people/{id}',
    summary: 'Remove somebody; they are out at once',
    request: { params: personPath },
    responses: NO_CONTENT,
  })
  const link = createRoute({
    method: 'post',
    path: '/api/people/{id}/link',
    summary: 'A link to choose a new password, for seven days, once',
    request: { params: personPath },
    responses: { 201: json(linkSchema, 'Shown this once.'), ...orProblem },
  })
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
  const listOfShop = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/people',
    summary: 'Who has a role in the shop',
    request: { params: shopPath },
    responses: listed,
  })
  const addToShop = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/people',
    summary: 'Give somebody a role here, adding them if need be',
    middleware: smallBody,
    request: { params: shopPath, ...oneJson(newPerson.extend({ role }).refine(reachable, REACHABLE)) },
    responses: {
      201: json(z.object({ person: personSchema, link: linkSchema.optional() }), 'The link only for somebody new.'),
      ...orProblem,
    },
  })
  const changeInShop = createRoute({
    method: 'put',
    path: '/api/shops/{shop}/people/{id}',
    summary: 'Another role here',
    middleware: smallBody,
    request: { params: shopPath.extend(personPath.shape), ...oneJson(z.object({ role })) },
    responses: { 200: json(personSchema, 'As it is now.'), ...orProblem },
  })
  const removeFromShop = createRoute({
    method: 'delete',
    path: '/api/shops/{shop}/people/{id}',
    summary: 'No role here any more',
    request: { params: shopPath.extend(personPath.shape) },
    responses: NO_CONTENT,
  })

  return newApi()
    .openapi(list, async (c) => c.json({ people: (await people.list()).map(shown) }, 200))
    .openapi(add, async (c) => {
      const { everywhere, roles, ...wanted } = c.req.valid('json')
      await demandShops(roles)
      if ((await people.known(wanted)).length > 0) throw taken()
      const id = await people.add(wanted)
      if (everywhere !== undefined) await people.setRole(id, undefined, everywhere)
      await orRefuse(people.setRoles(id, roles))
      const person = await find(id)
      await audit.note(c.var.grant, 'person_added', {
        ...told(person),
        detail: rolesIn(person),
        address: c.var.address,
      })
      return c.json({ person: shown(person), link: linkTo(c.req.url, await people.passwordLink(id)) }, 201)
    })
    .openapi(change, async (c) => {
      const before = await find(c.req.valid('param').id)
      const { id } = before
      const { name, everywhere, roles } = c.req.valid('json')
      if (roles !== undefined) await demandShops(roles)
      if (everywhere !== undefined) await orRefuse(people.setRole(id, undefined, everywhere))
      if (name !== undefined) await people.rename(id, name)
      if (roles !== undefined) await orRefuse(people.setRoles(id, roles))
      const after = await find(id)
      const address = { address: c.var.address }
      if (name !== undefined && name !== before.name)
        await audit.note(c.var.grant, 'person_changed', { ...told(after), detail: `was ${before.name}`, ...address })
      if (rolesIn(before) !== rolesIn(after)) {
        const detail = `${rolesIn(before)} → ${rolesIn(after)}`
        await audit.note(c.var.grant, 'role_changed', { ...told(after), detail, ...address })
      }
      return c.json(shown(after), 200)
    })
    .openapi(remove, async (c) => {
      const person = await find(c.req.valid('param').id)
      await orRefuse(people.remove(person.id))
      await audit.note(c.var.grant, 'person_removed', { ...told(person), address: c.var.address })
      return c.body(null, 204)
    })
    .openapi(link, async (c) => {
      const person = await find(c.req.valid('param').id)
      const made = await people.passwordLink(person.id)
      await audit.note(c.var.grant, 'link_made', { ...told(person), address: c.var.address })
      return c.json(linkTo(c.req.url, made), 201)
    })
    .openapi(sessions, async (c) => {
      const { id } = await find(c.req.valid('param').id)
      const sessions = (await people.sessionsOf(id)).map((row) => shownSession(row, c.var.grant.session))
      return c.json({ sessions }, 200)
    })
    .openapi(endAll, async (c) => {
      const person = await find(c.req.valid('param').id)
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
      const person = await find(id)
      if ((await people.endSessions(id, { id: session })) === 0) throw new Problem(404, 'There is no such session.')
      await audit.note(c.var.grant, 'session_revoked', { ...told(person), address: c.var.address })
      return c.body(null, 204)
    })
    .openapi(listOfShop, async (c) => {
      const { shop } = c.var
      const here = await people.list({ shopId: shop.id })
      return c.json({ people: here.map((person) => ofShop(person, shop.slug)) }, 200)
    })
    .openapi(addToShop, async (c) => {
      const { shop } = c.var
      const { role, ...wanted } = c.req.valid('json')
      const [known, other] = await people.known(wanted)
      if (other !== undefined) throw new Problem(409, 'The user name is one person’s and the email another’s.')
      const id = known ?? (await people.add(wanted))
      const before = (await find(id)).roles.find((held) => held.shop === shop.slug)
      if (before !== undefined) throw new Problem(409, 'They have a role here already.', { members: { now: before } })
      await people.setRole(id, shop.id, role)
      const person = await find(id)
      await audit.note(c.var.grant, known === undefined ? 'person_added' : 'role_changed', {
        ...told(person),
        shop: shop.slug,
        detail: role,
        address: c.var.address,
      })
      const link = known === undefined ? { link: linkTo(c.req.url, await people.passwordLink(id)) } : {}
      return c.json({ person: ofShop(person, shop.slug), ...link }, 201)
    })
    .openapi(changeInShop, async (c) => {
      const { shop } = c.var
      const { before, id } = await roleHere(shop.slug, c.req.valid('param').id)
      const { role } = c.req.valid('json')
      await people.setRole(id, shop.id, role)
      const person = await find(id)
      await audit.note(c.var.grant, 'role_changed', {
        ...told(person),
        shop: shop.slug,
        detail: `${before} → ${role}`,
        address: c.var.address,
      })
      return c.json(ofShop(person, shop.slug), 200)
    })
    .openapi(removeFromShop, async (c) => {
      const { shop } = c.var
      const { before, id, person } = await roleHere(shop.slug, c.req.valid('param').id)
      await people.setRole(id, shop.id, null)
      await audit.note(c.var.grant, 'role_changed', {
        ...told(person),
        shop: shop.slug,
        detail: `${before} → none`,
        address: c.var.address,
      })
      return c.body(null, 204)
    })

  /** @throws Problem 404 */
  async function find(id: string): Promise<Person> {
    const person = await people.find(id)
    if (person === undefined) throw new Problem(404, 'There is no such person.')
    return person
  }

  /** @throws Problem 404 for whoever has no role in the shop */
  async function roleHere(shop: string, id: string) {
    const person = await people.find(id)
    const before = person?.roles.find((held) => held.shop === shop)?.role
    if (person === undefined || before === undefined) throw new Problem(404, 'Nobody of this shop is that.')
    return { person, before, id }
  }

  /** Before anything is done. @throws Problem 422 */
  async function demandShops(roles: readonly { shop: string }[]): Promise<void> {
    for (const [i, { shop }] of roles.entries()) {
      const errors = [{ field: `roles.${i}.shop`, detail: `there is no shop ${shop}` }]
      if ((await shops.find(shop)) === undefined)
        throw new Problem(422, `roles.${i}.shop: there is no shop ${shop}.`, { errors })
    }
  }

  function linkTo(url: string, { token, expiresAt }: PasswordLink) {
    const { origin } = new URL(deps.publicUrl ?? url)
    return { url: `${origin}/welcome#token=${token}`, expiresAt: formatInstant(expiresAt) }
  }
}

/** @throws Problem 409 */
async function orRefuse(done: Promise<void>): Promise<void> {
  try {
    await done
  } catch (error) {
    throw error instanceof Refused ? new Problem(409, error.message) : error
  }
}

const taken = () => new Problem(409, 'Somebody goes by this user name or email already.')
const told = ({ id, name }: Person) => ({ target: `${name} (${id})` })
const rolesIn = ({ everywhere, roles }: Person) =>
  [...(everywhere ? [`${everywhere} everywhere`] : []), ...roles.map(({ shop, role }) => `${role} of ${shop}`)].join(
    ', ',
  ) || 'none'

function shown({ lastSeenAt, ...person }: Person) {
  return { ...person, ...(lastSeenAt !== undefined && { lastSeenAt: formatInstant(lastSeenAt) }) }
}

/** What a shop's own administrator sees of somebody: not what else they are elsewhere. */
function ofShop(person: Person, shop: string) {
  const { everywhere, ...rest } = shown(person)
  return { ...rest, roles: person.roles.filter((held) => held.shop === shop) }
}
