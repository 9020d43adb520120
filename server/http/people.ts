/** The people of the whole installation, for its administrators. */
import { createRoute, z } from '@hono/zod-openapi'
import { newPerson, personName } from '#server/auth/newPerson.ts'
import { type Person, PersonRefused } from '#server/auth/people.ts'
import { newApi } from './api.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import {
  demandPerson,
  linkSchema,
  linkTo,
  listed,
  NO_CONTENT,
  oneJson,
  personPath,
  personSchema,
  REACHABLE,
  reachable,
  role,
  shown,
  told,
} from './person.ts'
import { Problem } from './problem.ts'
import { json, orProblem } from './schemas.ts'

const roles = z.array(z.object({ shop: z.string().max(64), role })).max(1_000)

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

  return newApi()
    .openapi(list, async (c) => c.json({ people: (await people.list()).map(shown) }, 200))
    .openapi(add, async (c) => {
      const { everywhere, roles, ...wanted } = c.req.valid('json')
      await demandShops(roles)
      if ((await people.known(wanted)).length > 0) throw taken()
      const id = await people.add(wanted)
      if (everywhere !== undefined) await people.setRole(id, undefined, everywhere)
      await orRefuse(people.setRoles(id, roles))
      const person = await demandPerson(people, id)
      await audit.note(c.var.grant, 'person_added', {
        ...told(person),
        detail: rolesIn(person),
        address: c.var.address,
      })
      return c.json(
        { person: shown(person), link: linkTo(deps.publicUrl ?? c.req.url, await people.passwordLink(id)) },
        201,
      )
    })
    .openapi(change, async (c) => {
      const before = await demandPerson(people, c.req.valid('param').id)
      const { id } = before
      const { name, everywhere, roles } = c.req.valid('json')
      if (roles !== undefined) await demandShops(roles)
      if (everywhere !== undefined) await orRefuse(people.setRole(id, undefined, everywhere))
      if (name !== undefined) await people.rename(id, name)
      if (roles !== undefined) await orRefuse(people.setRoles(id, roles))
      const after = await demandPerson(people, id)
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
      const person = await demandPerson(people, c.req.valid('param').id)
      await orRefuse(people.remove(person.id))
      await audit.note(c.var.grant, 'person_removed', { ...told(person), address: c.var.address })
      return c.body(null, 204)
    })
    .openapi(link, async (c) => {
      const person = await demandPerson(people, c.req.valid('param').id)
      const made = await people.passwordLink(person.id)
      await audit.note(c.var.grant, 'link_made', { ...told(person), address: c.var.address })
      return c.json(linkTo(deps.publicUrl ?? c.req.url, made), 201)
    })

  /** Before anything is done. @throws Problem 422 */
  async function demandShops(roles: readonly { shop: string }[]): Promise<void> {
    for (const [i, { shop }] of roles.entries()) {
      const errors = [{ field: `roles.${i}.shop`, detail: `there is no shop ${shop}` }]
      if ((await shops.find(shop)) === undefined)
        throw new Problem(422, `roles.${i}.shop: there is no shop ${shop}.`, { errors })
    }
  }
}

/** @throws Problem 409 */
async function orRefuse(done: Promise<void>): Promise<void> {
  try {
    await done
  } catch (error) {
    throw error instanceof PersonRefused ? new Problem(409, error.message) : error
  }
}

const taken = () => new Problem(409, 'Somebody goes by this user name or email already.')
const rolesIn = ({ everywhere, roles }: Person) =>
  [...(everywhere ? [`${everywhere} everywhere`] : []), ...roles.map(({ shop, role }) => `${role} of ${shop}`)].join(
    ', ',
  ) || 'none'
