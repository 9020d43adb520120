/** Who people are: better-auth on our own database, with only what the product uses of it. */
import { betterAuth } from 'better-auth'
import { deviceAuthorization, genericOAuth, username } from 'better-auth/plugins'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { PASSWORD, USER_NAME } from '#core/person.ts'
import type { Database } from '#db/schema.ts'
import { links as linkPlugin } from './linkPlugin.ts'
import type { Links } from './links.ts'
import { SCREEN_CLIENT, screenCookie } from './screenCookie.ts'

export interface OpenId {
  /** As people know it: on the button. */
  name: string
  issuer: string
  clientId: string
  clientSecret: string
}

export interface IdentitySettings {
  secret: string
  /** Where people reach the server; as the request says when left out. */
  publicUrl: string | undefined
  openid: OpenId | undefined
}

/** Where the server itself writes who asks, over whatever came in by that name. */
export const ADDRESS_HEADER = 'x-floorwatch-address'
export const OPENID_PROVIDER = 'openid'

/** Whoever has signed in does so again after thirty days. */
const SESSION_S = 30 * 86_400
/** Between two looks of a panel that waits to be confirmed. */
const DEVICE_INTERVAL = '2s'
const DEVICE_EXPIRES = '10m'

export function createIdentity(
  db: Kysely<Database>,
  { secret, publicUrl, openid }: IdentitySettings,
  parts: {
    links: Links
    /** Makes a person who was set up by the first link an administrator. */
    firstAdmin: (userId: string) => Promise<void>
    logger: Logger
    /** A session has begun, or ended. */
    began: (
      session: { userId: string; token: string; ipAddress?: string | null | undefined },
      path: string,
    ) => Promise<void>
    ended: (session: { userId: string; token: string }) => void
  },
) {
  const { links, firstAdmin, logger, began, ended } = parts
  return betterAuth({
    appName: 'Floorwatch',
    database: { db, type: 'postgres' },
    secret,
    basePath: '/api/auth',
    // The door lets in a cookie only with an Origin that is the Host (http/door.ts), so the Host may say where we are.
    baseURL: publicUrl ?? { allowedHosts: ['*'], protocol: 'auto', fallback: 'http://localhost' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.min,
      maxPasswordLength: PASSWORD.max,
    },
    session: { expiresIn: SESSION_S, disableSessionRefresh: true },
    // The provider is one that the operator named; people whom an administrator added by their address are the same.
    account: { accountLinking: { enabled: true, trustedProviders: [OPENID_PROVIDER] } },
    // Counted by limits.ts, for every route alike.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: 'floorwatch',
      useSecureCookies: publicUrl?.startsWith('https://') ?? false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      // Where it takes itself to be under test it would look at no origin.
      disableOriginCheck: false,
    },
    logger: { log: (level, message) => logger[level === 'error' ? 'warn' : 'debug']({ part: 'auth' }, message) },
    onAPIError: { errorURL: '/' },
    databaseHooks: {
      session: {
        create: {
          async after(session, context) {
            await began(session, context?.path ?? '')
          },
        },
        delete: {
          async after(session) {
            ended(session)
          },
        },
      },
    },
    plugins: [
      username({ minUsernameLength: 2, maxUsernameLength: 40, usernameValidator: (name) => USER_NAME.test(name) }),
      deviceAuthorization({
        verificationUri: '/screens',
        interval: DEVICE_INTERVAL,
        expiresIn: DEVICE_EXPIRES,
        validateClient: (client) => client === SCREEN_CLIENT,
      }),
      screenCookie(),
      linkPlugin(links, firstAdmin),
      ...(openid === undefined ? [] : [provider(openid)]),
    ],
  })
}

export type Identity = ReturnType<typeof createIdentity>

function provider({ name, issuer, clientId, clientSecret }: OpenId) {
  return genericOAuth({
    config: [
      {
        providerId: OPENID_PROVIDER,
        name,
        clientId,
        clientSecret,
        scopes: ['openid', 'profile', 'email'],
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
      },
    ],
  })
}
