/** Errors as RFC 9457 problem details. Handlers throw a Problem; the app turns it into the response. */
import { STATUS_CODES } from 'node:http'
import { z } from '@hono/zod-openapi'
import { EXPECTED_INSTANT } from '#server/instant.ts'

/** One thing that was wrong: the field and what was expected of it. */
export interface FieldError {
  field: string
  detail: string
}

interface Extras {
  errors?: FieldError[]
  headers?: Record<string, string>
  /** Further members of the problem object. */
  members?: Record<string, unknown>
}

export class Problem extends Error {
  readonly status: number
  readonly extras: Extras

  constructor(status: number, detail: string, extras: Extras = {}) {
    super(detail)
    this.status = status
    this.extras = extras
  }

  toResponse(): Response {
    const { errors, headers, members } = this.extras
    const title = STATUS_CODES[this.status] ?? 'Error'
    const body = { type: 'about:blank', title, status: this.status, detail: this.message, errors, ...members }
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    })
  }
}

/** Names every field that was not as expected. */
export function unfit(status: number, error: z.core.$ZodError, where: string): Problem {
  const told = error.issues.map(fieldError)
  // Of two halves of one shape each says so.
  const errors = [...new Map(told.map((one) => [`${one.field} ${one.detail}`, one])).values()]
  return new Problem(
    status,
    `${where}: ${errors.map(({ field, detail }) => (field === '' ? detail : `${field}: ${detail}`)).join('; ')}`,
    { errors },
  )
}

/** What zod found, in our words: the field and what was expected. */
export function fieldError(issue: z.core.$ZodIssue): FieldError {
  return { field: issue.path.map(String).join('.'), detail: expected(issue) }
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected === 'int' ? 'a whole number' : issue.expected}`
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`
    case 'too_big':
      return `expected at most ${issue.maximum}${unit(issue.origin)}`
    case 'too_small':
      return `expected at least ${issue.minimum}${unit(issue.origin)}`
    case 'invalid_format':
      return issue.format === 'datetime' ? EXPECTED_INSTANT : issue.message
    default:
      return issue.message
  }
}

function unit(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : ''
}

/** For the API description. */
export const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem')
