/** What the operator decides, by environment variables. */
import { resolve } from 'node:path'
import { z } from 'zod'
import type { OpenId } from './auth/identity.ts'
import type { LimitSettings } from './auth/limits.ts'

export interface Settings {
  host: string
  /** 0: any free port. */
  port: number
  /** Where the embedded database lives. */
  dataDir: string
  /** A PostgreSQL server to use instead of the embedded database. */
  databaseUrl?: string | undefined
  /** A bearer key with every right; none when unset. */
  adminKey?: string | undefined
  logLevel: LogLevel
  /** Signs sessions and seals what is kept sealed; made up once and kept in the database when unset. */
  secret?: string | undefined
  /** Where people reach the server, without a path; as each request says when unset. */
  publicUrl?: string | undefined
  /** How many proxies of our own stand before the server, whose X-Forwarded-For is believed; none when unset. */
  proxies?: number | undefined
  /** Where people may also sign in. */
  openid?: OpenId | undefined
  /** How often anybody may ask; what is left out is as LIMITS says. */
  limits?: Partial<LimitSettings> | undefined
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Something the operator has to change; its message is one line that says what. */
export class StartError extends Error {}

const EXPECTED_URL = 'expected a URL such as https://floor.example.com'
const count = z
  .string()
  .regex(/^\d{1,9}$/, 'expected a whole number')
  .transform(Number)
const unset = (value: unknown) => (value === '' ? undefined : value)
const variables = z.object({
  HOST: z.preprocess(unset, z.string().default('127.0.0.1')),
  PORT: z.preprocess(
    unset,
    z
      .string()
      .regex(/^\d{1,5}$/, 'expected a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'expected a number from 0 to 65535')
      .default(8080),
  ),
  DATA_DIR: z.preprocess(unset, z.string().default('./data')),
  DATABASE_URL: z.preprocess(
    unset,
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'expected a URL that begins with postgres:// or postgresql://')
      .optional(),
  ),
  ADMIN_KEY: z.preprocess(unset, z.string().optional()),
  SECRET: z.preprocess(unset, z.string().min(32, 'expected at least 32 characters').optional()),
  PUBLIC_URL: z.preprocess(unset, z.url({ protocol: /^https?$/, error: EXPECTED_URL }).optional()),
  TRUSTED_PROXIES: z.preprocess(unset, count.default(0)),
  OIDC_ISSUER: z.preprocess(unset, z.url({ protocol: /^https?$/, error: EXPECTED_URL }).optional()),
  OIDC_CLIENT_ID: z.preprocess(unset, z.string().optional()),
  OIDC_CLIENT_SECRET: z.preprocess(unset, z.string().optional()),
  OIDC_NAME: z.preprocess(unset, z.string().max(40).default('OpenID')),
  LIMIT_PER_KEY: z.preprocess(unset, count.optional()),
  LIMIT_PER_ADDRESS: z.preprocess(unset, count.optional()),
  LOG_LEVEL: z.preprocess(
    unset,
    z.enum(logLevels, { error: `expected one of ${logLevels.join(', ')}` }).default('info'),
  ),
})

/** @throws StartError that names the variable and what was expected. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const read = variables.safeParse(env)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new StartError(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { HOST, PORT, DATA_DIR, DATABASE_URL, ADMIN_KEY, LOG_LEVEL, SECRET, PUBLIC_URL, TRUSTED_PROXIES } = read.data
  const { LIMIT_PER_KEY, LIMIT_PER_ADDRESS } = read.data
  return {
    host: HOST,
    port: PORT,
    dataDir: resolve(DATA_DIR),
    databaseUrl: DATABASE_URL,
    adminKey: ADMIN_KEY,
    logLevel: LOG_LEVEL,
    secret: SECRET,
    publicUrl: PUBLIC_URL === undefined ? undefined : new URL(PUBLIC_URL).origin,
    proxies: TRUSTED_PROXIES,
    openid: openidOf(read.data),
    limits: {
      ...(LIMIT_PER_KEY !== undefined && { perKey: LIMIT_PER_KEY }),
      ...(LIMIT_PER_ADDRESS !== undefined && { perAddress: LIMIT_PER_ADDRESS }),
    },
  }
}

/** All of it or none. @throws StartError that names what is missing */
function openidOf(read: z.output<typeof variables>): OpenId | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, PUBLIC_URL } = read
  if (OIDC_ISSUER === undefined) return undefined
  const needed = { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL }
  const missing = Object.entries(needed).find(([, value]) => value === undefined)
  if (missing !== undefined) throw new StartError(`${missing[0]}: needed for OIDC_ISSUER, and not set`)
  const [clientId, clientSecret] = [OIDC_CLIENT_ID ?? '', OIDC_CLIENT_SECRET ?? '']
  return { name: OIDC_NAME, issuer: OIDC_ISSUER, clientId, clientSecret }
}
