import { parseArgs } from 'node:util'
import { UsageError } from './usageError.ts'

export const USAGE = `npm run play -- FILE --shop S [--at HH:MM] [--speed N|max] [--timezone ZONE] [--url U] [--key K]

  FILE        CloudEvents, one JSON object a line
  --shop      the shop to play into; created when there is none
  --at        this time of the recording is now: what lies before is loaded, what follows is sent as it falls due
  --speed     N times faster from now on; max: everything is loaded at once with its own times
  --timezone  the zone of the recording's clock (as its times say; Asia/Shanghai where they are in UTC)
  --url       the server (HOST and PORT, http://127.0.0.1:8080)
  --key       a key of the server (ADMIN_KEY)`

export interface PlayOptions {
  file: string
  shop: string
  /** Minutes after local midnight, of the recording's clock. */
  at?: number
  speed: number | 'max'
  /** IANA zone of the recording's clock; left out: as its times say. */
  timezone?: string
  /** Without a slash at its end. */
  url: string
  key: string
}

type Env = Record<string, string | undefined>

const OPTIONS = {
  shop: { type: 'string' },
  at: { type: 'string' },
  speed: { type: 'string' },
  timezone: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** @returns 'help' when that is all that was asked for. @throws UsageError that names the argument and what was expected. */
export function parseArguments(argv: readonly string[], env: Env): PlayOptions | 'help' {
  const { values, positionals } = read(argv)
  if (values.help) return 'help'
  const [file, ...more] = positionals
  if (file === undefined) throw new UsageError('FILE: expected a file of CloudEvents, one JSON object a line')
  if (more.length > 0) throw new UsageError(`expected one file, not also ${more.join(' ')}`)
  if (!values.shop) throw new UsageError('--shop: expected the shop to play into')
  const speed = readSpeed(values.speed)
  if (speed === 'max' && values.at !== undefined)
    throw new UsageError('--speed max keeps the times of the recording, so --at cannot go with it')
  const key = values.key ?? env.ADMIN_KEY
  if (!key) throw new UsageError('--key: expected a key of the server, here or as ADMIN_KEY')
  return {
    file,
    shop: values.shop,
    ...(values.at !== undefined && { at: readTime(values.at) }),
    speed,
    ...(values.timezone !== undefined && { timezone: readZone(values.timezone) }),
    url: readUrl(values.url ?? defaultUrl(env)),
    key,
  }
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({ args: negativesJoined(argv), options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message.split(/\.\s/, 1)[0])
  }
}

/** `--speed -3` as `--speed=-3`: what is wrong with it is the number, not how it is written. */
function negativesJoined(argv: readonly string[]): string[] {
  const args: string[] = []
  for (const word of argv) {
    const before = args.at(-1)
    if (/^-\d/.test(word) && before?.startsWith('--') && !before.includes('='))
      args[args.length - 1] = `${before}=${word}`
    else args.push(word)
  }
  return args
}

function readTime(text: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (hours === undefined) throw new UsageError(`--at ${text}: expected a time of day such as 11:00`)
  return Number(hours) * 60 + Number(minutes)
}

function readSpeed(text = '1'): number | 'max' {
  if (text === 'max') return text
  const speed = Number(text)
  if (!(speed > 0 && speed <= 100_000)) throw new UsageError(`--speed ${text}: expected a number above 0, or max`)
  return speed
}

function readZone(id: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone
  } catch {
    throw new UsageError(`--timezone ${id}: expected an IANA zone such as Asia/Shanghai`)
  }
}

function readUrl(text: string): string {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new UsageError(`--url ${text}: expected an address such as http://127.0.0.1:8080`)
  return url.href.replace(/\/+$/, '')
}

/** Where a server started with the same environment is to be found. */
function defaultUrl({ HOST, PORT }: Env): string {
  const host = !HOST || HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT || 8080}`
}
