/** The links as routes of better-auth, for only there can a session be begun and its cookie set. */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import { type Links, passwordLink } from './links.ts'
import { newPerson, password, userOf } from './newPerson.ts'

const token = z.string().min(1).max(200)

export function links(held: Links, firstAdmin: (userId: string) => Promise<void>): BetterAuthPlugin {
  return {
    id: 'links',
    endpoints: {
      lookAtLink: createAuthEndpoint('/link/look', { method: 'POST', body: z.object({ token }) }, async (c) => {
        const known = held.look(c.body.token)
        if (known?.kind === 'setup') return c.json({ kind: 'setup' as const })
        if (known?.kind === 'demo') return c.json({ kind: 'demo' as const })
        const found = await c.context.internalAdapter.findVerificationValue(passwordLink(c.body.token))
        const user =
          found && found.expiresAt > new Date() && (await c.context.internalAdapter.findUserById(found.value))
        if (!user) throw noGood()
        const { name, username } = user as { name: string; username?: string | null }
        return c.json({ kind: 'password' as const, name, ...(username && { username }) })
      }),

      setUpByLink: createAuthEndpoint(
        '/link/setup',
        { method: 'POST', body: newPerson.extend({ token, password }) },
        async (c) => {
          const { token, password, ...person } = c.body
          if (!held.claimSetup(token)) throw noGood()
          const made = async () => {
            const user = await c.context.internalAdapter.createUser(userOf(person), { method: 'email' })
            await choosePassword(c, user.id, password)
            await firstAdmin(user.id)
            return user.id
          }
          const userId = await made().catch((error) => {
            held.restoreSetup(token)
            throw error
          })
          return await enter(c, userId)
        },
      ),

      setPasswordByLink: createAuthEndpoint(
        '/link/password',
        { method: 'POST', body: z.object({ token, password }) },
        async (c) => {
          const claimed = await c.context.internalAdapter.consumeVerificationValue(passwordLink(c.body.token))
          if (!claimed || claimed.expiresAt <= new Date()) throw noGood()
          await choosePassword(c, claimed.value, c.body.password)
          await c.context.internalAdapter.deleteUserSessions(claimed.value)
          return await enter(c, claimed.value)
        },
      ),

      enterByLink: createAuthEndpoint('/link/enter', { method: 'POST', body: z.object({ token }) }, async (c) => {
        const known = held.look(c.body.token)
        if (known?.kind !== 'demo') throw noGood()
        return await enter(c, known.userId)
      }),
    },
  }
}

async function choosePassword(c: GenericEndpointContext, userId: string, password: string): Promise<void> {
  const hash = await c.context.password.hash(password)
  const accounts = await c.context.internalAdapter.findAccounts(userId)
  if (accounts.some(({ providerId }) => providerId === 'credential'))
    await c.context.internalAdapter.updatePassword(userId, hash)
  else
    await c.context.internalAdapter.linkAccount({
      userId,
      accountId: userId,
      providerId: 'credential',
      password: hash,
    })
}

async function enter(c: GenericEndpointContext, userId: string) {
  const user = await c.context.internalAdapter.findUserById(userId)
  if (!user) throw noGood()
  const session = await c.context.internalAdapter.createSession(userId)
  await setSessionCookie(c, { session, user })
  return c.json({ name: user.name })
}

const noGood = () => new APIError('BAD_REQUEST', { message: 'This link is no longer good.', code: 'LINK_NO_GOOD' })
