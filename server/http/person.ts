/** What the routes of people have in common: how somebody is told of, found, and sent a link. */
import { z } from '@hono/zod-openapi'
import { ROLES } from '#core/rights.ts'
import type { PasswordLink, People, Person } from '#server/auth/people.ts'
import { formatInstant } from '#server/instant.ts'
import { Problem } from './problem.ts'
import { json, orProblem } from './schemas.ts'

export const role = z.enum(ROLES)
export const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    username: z.string().optional(),
    email: z.string().optional(),
    everywhere: z.enum(ROLES).optional(),
    roles: z.array(z.object({ shop: z.string(), role: z.enum(ROLES) })),
    invited: z
      .literal(true)
      .optional()
      .openapi({ description: 'Has no way to sign in yet: neither a password nor OpenID Connect.' }),
    lastSeenAt: z.string().optional(),
  })
  .openapi('Person')
export const linkSchema = z.object({ url: z.string(), expiresAt: z.string() }).openapi('PasswordLink')
export const personPath = z.object({ id: z.string().min(1).max(100) })
export const listed = { 200: json(z.object({ people: z.array(personSchema) }), 'In order of name.'), ...orProblem }
export const oneJson = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
export const NO_CONTENT = { 204: { description: 'Done.' }, ...orProblem }
export const reachable = (person: { username?: string | undefined; email?: string | undefined }) =>
  person.username !== undefined || person.email !== undefined
export const REACHABLE = { error: 'expected a user name or an email', path: ['username'] }

/** @throws Problem 404 */
export async function demandPerson(people: People, id: string): Promise<Person> {
  const person = await people.find(id)
  if (person === undefined) throw new Problem(404, 'There is no such person.')
  return person
}

/** Where somebody chooses a password. @param base where people reach the server */
export function linkTo(base: string, { token, expiresAt }: PasswordLink) {
  return { url: `${new URL(base).origin}/welcome#token=${token}`, expiresAt: formatInstant(expiresAt) }
}

/** For the record. */
export const told = ({ id, name }: Person) => ({ target: `${name} (${id})` })

export function shown({ lastSeenAt, ...person }: Person) {
  return { ...person, ...(lastSeenAt !== undefined && { lastSeenAt: formatInstant(lastSeenAt) }) }
}
