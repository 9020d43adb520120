/** In which form an answer is wanted. */
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

const JSON_TYPE = 'application/json'

/** Whether who asks would rather have `type` than JSON, by their Accept (RFC 9110, 12.5.1). */
export function isWanted(c: Context, type: string): boolean {
  return accepts(c, { header: 'Accept', supports: [JSON_TYPE, type], default: JSON_TYPE }) === type
}
