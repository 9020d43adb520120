/** Who has which role in a shop, for its administrators. */
import { createRoute, z } from '@hono/zod-openapi'
import { newPerson } from '#server/auth/newPerson.ts'
import type { Person } from '#server/auth/people.ts'
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
import { json, orProblem, shopPath } from './schemas.ts'

export function shopPeopleRoutes(deps: Deps) {
  const { people, audit } = deps
  const list = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/people',
    summary: 'Who has a role in the shop',
    request: { params: shopPath },
    responses: listed,
  })
  const add = createRoute({
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
  const change = createRoute({
    method: 'put',
    path: '/api/shops/{shop}/people/{id}',
    summary: 'Another role here',
    middleware: smallBody,
    request: { params: shopPath.extend(personPath.shape), ...oneJson(z.object({ role })) },
    responses: { 200: json(personSchema, 'As it is now.'), ...orProblem },
  })
  const remove = createRoute({
    method: 'delete',
    path: '/api/shops/{shop}/people/{id}',
    summary: 'No role here any more',
    request: { params: shopPath.extend(personPath.shape) },
    responses: NO_CONTENT,
  })

  return newApi()
    .openapi(list, async (c) => {
      const { shop } = c.var
      const here = await people.list({ shopId: shop.id })
      return c.json({ people: here.map((person) => ofShop(person, shop.slug)) }, 200)
    })
    .openapi(add, async (c) => {
      const { shop } = c.var
      const { role, ...wanted } = c.req.valid('json')
      const [known, other] = await people.known(wanted)
      if (other !== undefined) throw new Problem(409, 'The user name is one person’s and the email another’s.')
      const id = known ?? (await people.add(wanted))
      const before = (await demandPerson(people, id)).roles.find((held) => held.shop === shop.slug)
      if (before !== undefined) throw new Problem(409, 'They have a role here already.', { members: { now: before } })
      await people.setRole(id, shop.id, role)
      const person = await demandPerson(people, id)
      await audit.note(c.var.grant, known === undefined ? 'person_added' : 'role_changed', {
        ...told(person),
        shop: shop.slug,
        detail: role,
        address: c.var.address,
      })
      const link =
        known === undefined ? { link: linkTo(deps.publicUrl ?? c.req.url, await people.passwordLink(id)) } : {}
      return c.json({ person: ofShop(person, shop.slug), ...link }, 201)
    })
    .openapi(change, async (c) => {
      const { shop } = c.var
      const { before, id } = await roleHere(shop.slug, c.req.valid('param').id)
      const { role } = c.req.valid('json')
      await people.setRole(id, shop.id, role)
      const person = await demandPerson(people, id)
      await audit.note(c.var.grant, 'role_changed', {
        ...told(person),
        shop: shop.slug,
        detail: `${before} → ${role}`,
        address: c.var.address,
      })
      return c.json(ofShop(person, shop.slug), 200)
    })
    .openapi(remove, async (c) => {
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

  /** @throws Problem 404 for whoever has no role in the shop */
  async function roleHere(shop: string, id: string) {
    const person = await people.find(id)
    const before = person?.roles.find((held) => held.shop === shop)?.role
    if (person === undefined || before === undefined) throw new Problem(404, 'Nobody of this shop is that.')
    return { person, before, id }
  }
}

/** What a shop's own administrator sees of somebody: not what else they are elsewhere. */
function ofShop(person: Person, shop: string) {
  const { everywhere, ...rest } = shown(person)
  return { ...rest, roles: person.roles.filter((held) => held.shop === shop) }
}
