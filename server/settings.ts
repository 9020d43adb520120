/** What the operator decides, by environment variables. */
import { resolve } from 'node:path'
import { z } from 'zod'

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
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Something the operator has to change; its message is one line that says what. */
export class StartError extends Error {}

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
  const { HOST, PORT, DATA_DIR, DATABASE_URL, ADMIN_KEY, LOG_LEVEL } = read.data
  return {
    host: HOST,
    port: PORT,
    dataDir: resolve(DATA_DIR),
    databaseUrl: DATABASE_URL,
    adminKey: ADMIN_KEY,
    logLevel: LOG_LEVEL,
  }
}
