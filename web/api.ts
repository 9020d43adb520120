import { key } from './key.svelte.ts'

/** What the server answered instead of the data: its HTTP status and, where it says one, its reason. */
export class Refusal extends Error {
  readonly status: number
  /** What is true now, where a command came too late. */
  readonly now: Record<string, unknown>

  constructor(status: number, reason: string, now: Record<string, unknown> = {}) {
    super(reason)
    this.status = status
    this.now = now
  }
}

/**
 * GET with this browser's key, as JSON.
 * A key the server does not know is forgotten, which brings back the door.
 * @throws Refusal when the server answers with an error, TypeError when it cannot be reached.
 */
export function read<T>(path: string): Promise<T> {
  return ask(path, {})
}

/** POST of JSON, answered in the same way. */
export function send<T>(path: string, body: unknown): Promise<T> {
  return ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}

/** PUT of JSON, answered in the same way. */
export function put<T>(path: string, body: unknown): Promise<T> {
  return ask(path, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
}

/** POST of JSON, answered in lines of JSON: each is handed on as it comes. Throws in the same way. */
export async function sendForLines<T>(path: string, body: unknown, hear: (line: T) => void, signal: AbortSignal) {
  const headers = { 'content-type': 'application/json' }
  const answer = await request(path, { method: 'POST', body: JSON.stringify(body), headers, signal })
  let rest = ''
  for await (const text of (answer.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(JSON.parse(line) as T)
  }
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  return (await (await request(path, init)).json()) as T
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...init.headers, ...(key.current && { authorization: `Bearer ${key.current}` }) }
  const answer = await fetch(path, { ...init, headers })
  if (answer.ok) return answer
  if (answer.status === 401) key.forget()
  const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string; now?: object }
  throw new Refusal(answer.status, problem.detail ?? problem.title ?? answer.statusText, { ...problem.now })
}
