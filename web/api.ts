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

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  return (await (await request(path, init)).json()) as T
}

/** Any other request with this browser's key, refused in the same way. */
export async function request(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...init.headers, ...(key.current && { authorization: `Bearer ${key.current}` }) }
  const answer = await fetch(path, { ...init, headers })
  if (answer.ok) return answer
  if (answer.status === 401) key.forget()
  const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string; now?: object }
  throw new Refusal(answer.status, problem.detail ?? problem.title ?? answer.statusText, { ...problem.now })
}
