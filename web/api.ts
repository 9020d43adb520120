import { key } from './key.svelte.ts'

/** What the server answered instead of the data: its HTTP status and, where it says one, its reason. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, reason: string) {
    super(reason)
    this.status = status
  }
}

/**
 * GET with this browser's key, as JSON.
 * A key the server does not know is forgotten, which brings back the door.
 * @throws Refusal when the server answers with an error, TypeError when it cannot be reached.
 */
export async function read<T>(path: string): Promise<T> {
  const answer = await fetch(path, { headers: key.current ? { authorization: `Bearer ${key.current}` } : {} })
  if (answer.ok) return (await answer.json()) as T
  if (answer.status === 401) key.forget()
  const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string }
  throw new Refusal(answer.status, problem.detail ?? problem.title ?? answer.statusText)
}
