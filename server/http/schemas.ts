/** Shapes that several routes share, for checking what comes in and for describing the API. */
import { z } from '@hono/zod-openapi'
import type { View } from '#core/view.ts'
import { EXPECTED_INSTANT, parseInstant } from '#server/instant.ts'
import { problemSchema } from './problem.ts'

export const shopPath = z.object({ shop: z.string().openapi({ example: 'demo' }) })

/** RFC 3339 with an offset outside, epoch ms inside. */
export const instant = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, EXPECTED_INSTANT)
  .transform((text) => parseInstant(text) as number)
  .openapi({ type: 'string', format: 'date-time' })

/** A day of the calendar that there is. */
export const localDate = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && parseInstant(`${text}T00:00:00Z`) !== undefined,
    'expected a date such as 2026-11-21',
  )
  .openapi({ type: 'string', format: 'date' })

export const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'expected a whole number')
    .transform(Number)
    .refine((n) => n <= most, `expected at most ${most}`)
    .openapi({ type: 'integer', minimum: 0, maximum: most })

/** How many a page holds at most. */
export const pageSize = (most: number, usual: number) =>
  wholeNumber(most)
    .refine((n) => n > 0, 'expected at least 1')
    .openapi({ type: 'integer', minimum: 1, maximum: most })
    .default(usual)

/** Described in docs/integrating.md; its shape is `server/core/view.ts`. */
export const viewSchema = z.custom<View>().openapi('View', { type: 'object', additionalProperties: true })

export const cloudEvent = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1).max(200),
    source: z.string().min(1).max(200),
    type: z.string().openapi({ example: 'conversation.opened' }),
    subject: z.string().min(1).max(200),
    time: z.string().openapi({ format: 'date-time' }),
    data: z.looseObject({}).optional(),
  })
  .openapi('CloudEvent')

/** What every route may answer instead of what it promises. */
export const orProblem = {
  default: {
    description: 'What was wrong, as RFC 9457 problem details.',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
}

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Set to what a release's views are known by, it keeps those of another from being taken out of a cache. */
export const cachedAs = z.string().optional().openapi({ description: 'Any: for caches to tell apart.' })

/** What is final never changes. */
export const FOR_EVER = 'private, max-age=31536000, immutable'

/** Whether an `If-None-Match` names an ETag. */
export function names(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}
