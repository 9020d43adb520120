/** Puts together what decides who may come in. */
import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Role } from '#core/rights.ts'
import type { Database } from '#db/schema.ts'
import { secretOf } from '#db/secrets.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Settings } from '#server/settings.ts'
import type { Shops } from '#server/shops.ts'
import { Audit } from './audit.ts'
import { createIdentity } from './identity.ts'
import { KeyRing } from './keyRing.ts'
import { LIMITS, Limits } from './limits.ts'
import { Links } from './links.ts'
import type { NewPerson } from './newPerson.ts'
import { People } from './people.ts'
import { Screens } from './screens.ts'
import { Sealer } from './sealer.ts'
import { Sessions } from './sessions.ts'

export type Doors = Awaited<ReturnType<typeof openDoors>>

export async function openDoors(
  db: Kysely<Database>,
  settings: Settings,
  parts: { shops: Shops; clock: Clock; logger: Logger },
) {
  const { shops, clock, logger } = parts
  const { adminKey, publicUrl, openid } = settings
  const secret = settings.secret ?? (await secretOf(db, 'sessions', randomBytes(32).toString('base64url')))
  const limits = new Limits({ ...LIMITS, ...settings.limits })
  const keys = new KeyRing(db, { adminKey, clock, sealer: new Sealer(secret) })
  const audit = new Audit(db, clock)
  const links = new Links()
  const identity = createIdentity(
    db,
    { secret, publicUrl, openid },
    {
      links,
      logger,
      firstAdmin: async (userId) => {
        await people.setRole(userId, undefined, 'admin')
        const name = (await people.find(userId))?.name ?? ''
        await audit.note({ kind: 'person', id: userId, name }, 'set_up')
      },
      async began({ userId, ipAddress }, path) {
        const person = await people.find(userId)
        // A panel is noted when it is let in, by whoever let it in.
        if (person === undefined) return
        const actor = { kind: 'person', id: userId, name: person.name }
        const detail = HOW[path]
        await audit.note(actor, path === '/link/password' ? 'password_set' : 'signed_in', {
          detail,
          address: ipAddress ?? undefined,
        })
      },
      ended: ({ token }) => sessions.ended(token),
    },
  )
  const sessions = new Sessions(db, { identity, clock })
  const people: People = new People(db, { identity, sessions, links, shops, clock })
  const screens = new Screens(db, { identity, sessions, clock })
  return { keys, audit, links, identity, sessions, people, screens, limits, openid, publicUrl }
}

/** How somebody came in, by the route that let them in. */
const HOW: Partial<Record<string, string>> = {
  '/sign-in/email': 'password',
  '/sign-in/username': 'password',
  '/callback/:id': 'OpenID Connect',
  '/link/enter': 'link',
  '/link/password': 'link',
  '/link/setup': 'set-up link',
}

/** A link that signs in as somebody, who is made for it if they are not there; it works until the process ends. */
export async function enterLink(
  { people, links }: Doors,
  url: string,
  { everywhere, ...person }: NewPerson & { everywhere: Role },
): Promise<string> {
  const [known] = await people.known(person)
  const userId = known ?? (await people.add(person))
  await people.setRole(userId, undefined, everywhere)
  return `${url}#in=${links.issue({ kind: 'demo', userId })}`
}
