import { hearTime } from './serverNow.ts'
import { session } from './session.svelte.ts'

interface Told {
  title?: string
  detail?: string
  /** Where the reason is told in another way than as a problem. */
  message?: string
  code?: string
  /** What is true now, where a command came too late. */
  now?: Record<string, unknown>
  /** What was wrong, field by field. */
  errors?: { field: string; detail: string }[]
}

/** What the server answered instead of the data: its HTTP status and, where it says one, its reason. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string | undefined
  readonly now: Record<string, unknown>
  readonly errors: readonly { field: string; detail: string }[]
  /** In so many seconds it may be tried again. */
  readonly retryAfterS: number

  constructor({ status, statusText, headers }: Response, told: Told = {}) {
    super(told.detail ?? told.message ?? told.title ?? statusText)
    this.status = status
    this.code = told.code
    this.now = { ...told.now }
    this.errors = told.errors ?? []
    this.retryAfterS = Number(headers.get('retry-after') ?? headers.get('x-retry-after') ?? 0)
  }
}

/** Nobody answered; what the browser says of it is for developers. */
export class Unreachable extends Error {}

/**
 * GET as whoever is signed in, as JSON. When the server no longer knows who that is, the door is back.
 * @throws Refusal when the server answers with an error, Unreachable when it does not answer
 */
export function read<T>(path: string): Promise<T> {
  return ask(path, {})
}

/** POST of JSON, or another method with a body, answered in the same way; nothing is undefined. */
export function send<T>(path: string, body: unknown, method = 'POST'): Promise<T> {
  return ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const text = await (await request(path, init)).text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** Any other request, refused in the same way. */
export async function request(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch((cause) => {
    throw init.signal?.aborted ? cause : new Unreachable(path, { cause })
  })
  hearTime(answer)
  if (answer.ok) return answer
  // At the door itself it only means a wrong password.
  if (answer.status === 401 && !path.startsWith('/api/auth/')) session.lost()
  throw new Refusal(answer, (await answer.json().catch(() => ({}))) as Told)
}
