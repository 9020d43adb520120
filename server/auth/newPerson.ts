/** What a person is made from. Not everybody has an address: a user name will do. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { PASSWORD, USER_NAME } from '#core/person.ts'

export const personName = z.string().trim().min(1).max(100)
export const userName = z
  .string()
  .regex(USER_NAME, 'expected 2 to 40 letters, digits, . _ or -, the first a letter or digit')
export const email = z.email('expected an email address').max(200)

export const newPerson = z.object({ name: personName, username: userName.optional(), email: email.optional() })
export type NewPerson = z.infer<typeof newPerson>

export const password = z.string().min(PASSWORD.min).max(PASSWORD.max)

/** better-auth wants an address of everybody; nothing is ever sent to one of this domain (RFC 2606). */
const NO_ADDRESS = '.invalid'

export function addressOf({ email }: NewPerson): string {
  return (email ?? `${randomBytes(12).toString('hex')}@people${NO_ADDRESS}`).toLowerCase()
}

/** What is shown of an address. */
export const shownAddress = (address: string) => (address.endsWith(NO_ADDRESS) ? undefined : address)

/** What better-auth makes a user from. An administrator vouches for the address. */
export function userOf(person: NewPerson) {
  const { name, username } = person
  return { name, email: addressOf(person), emailVerified: true, ...(username !== undefined && { username }) }
}
