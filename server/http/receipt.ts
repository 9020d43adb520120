/** The answer to events that were sent, or sent again. */
import { z } from '@hono/zod-openapi'
import type { Receipt } from './ingest.ts'
import { Problem } from './problem.ts'

export const receiptSchema = z
  .object({
    accepted: z.number(),
    duplicates: z.number(),
    rejected: z.array(z.object({ index: z.number(), id: z.string().optional(), error: z.string() })),
    head: z.number().openapi({ description: 'The shop’s last seq.' }),
  })
  .openapi('Receipt')

/** @throws Problem 422 when there were events and every one of them was rejected */
export function checkReceipt(receipt: Receipt): Receipt {
  const { accepted, duplicates, rejected } = receipt
  if (accepted + duplicates > 0 || rejected.length === 0) return receipt
  const [first] = rejected
  const detail =
    rejected.length === 1 ? `The event was rejected: ${first?.error}.` : `All ${rejected.length} events were rejected.`
  throw new Problem(422, detail, { members: { ...receipt } })
}
