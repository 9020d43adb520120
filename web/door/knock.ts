import { Refusal } from '../api.ts'

/**
 * Tries a key before it is kept.
 * @throws Refusal when the server does not take it, TypeError when it cannot be reached.
 */
export async function knock(key: string): Promise<void> {
  const answer = await fetch('/api/shops', { headers: { authorization: `Bearer ${key}` } })
  if (!answer.ok) throw new Refusal(answer.status, answer.statusText)
}
