/** A session as it is shown: never its token. */
import { z } from '@hono/zod-openapi'
import type { SessionRow } from '#db/people.ts'
import { formatInstant } from '#server/instant.ts'

export const sessionSchema = z
  .object({
    id: z.string(),
    current: z.boolean().openapi({ description: 'The one this was asked by.' }),
    createdAt: z.string(),
    lastSeenAt: z.string(),
    address: z.string().optional(),
    device: z.string().optional().openapi({ description: 'What the browser says it is.' }),
  })
  .openapi('Session')

export function shownSession({ id, token, createdAt, lastSeenAt, address, device }: SessionRow, current?: string) {
  return {
    id,
    current: token === current,
    createdAt: formatInstant(createdAt),
    lastSeenAt: formatInstant(lastSeenAt),
    ...(address !== undefined && { address }),
    ...(device !== undefined && { device }),
  }
}
