/** CloudEvents 1.0 over HTTP: one request of any mode becomes a list of candidates, not yet judged. */
import { Problem } from './problem.ts'

export const MAX_EVENTS = 10_000

/** One event of a request: its JSON text, and what that text says or why it could not be read, its id where that could. */
export type Candidate = { text: string } & ({ value: unknown } | { unreadable: string; id?: unknown })

export const MEDIA_TYPES = [
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/x-ndjson',
] as const

/**
 * @param headers of the request, names in lower case
 * @throws Problem 400 when the body cannot be read, 413 when it holds too many events, 415 for any other media type
 */
export function readCandidates(headers: Headers, body: string): Candidate[] {
  const mediaType = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (mediaType === 'application/x-ndjson') return lines(body)
  if (mediaType === 'application/cloudevents-batch+json') return batch(parse(body), body)
  if (mediaType === 'application/cloudevents+json') return [{ value: parse(body), text: body }]
  if (headers.has('ce-specversion') && !mediaType.startsWith('application/cloudevents')) {
    return [binary(headers, mediaType, body)]
  }
  throw new Problem(415, `Expected ${MEDIA_TYPES.join(', ')}, or ce- headers with JSON data.`, {
    headers: { 'accept-post': MEDIA_TYPES.join(', ') },
  })
}

function lines(body: string): Candidate[] {
  const candidates: Candidate[] = []
  for (let start = 0; start < body.length; ) {
    const newline = body.indexOf('\n', start)
    const end = newline === -1 ? body.length : newline
    const text = body.slice(start, end).trim()
    start = end + 1
    if (text === '') continue
    if (candidates.length === MAX_EVENTS) throw tooMany()
    candidates.push(readLine(text))
  }
  return candidates
}

/** One event as JSON text. */
export function readLine(text: string): Candidate {
  try {
    return { value: JSON.parse(text), text }
  } catch {
    return { unreadable: 'expected one JSON object on the line', text }
  }
}

function batch(values: unknown, body: string): Candidate[] {
  if (!Array.isArray(values)) throw new Problem(400, 'The body of a batch: expected a JSON array of events.')
  if (values.length > MAX_EVENTS) throw tooMany()
  const only = values.length === 1 ? body.trim().slice(1, -1) : undefined
  try {
    return values.map((value) => ({ value, text: only ?? JSON.stringify(value) }))
  } catch {
    throw new Problem(400, 'The body is nested too deeply.')
  }
}

/** Attributes come from `ce-` headers, the data is the body. */
function binary(headers: Headers, mediaType: string, body: string): Candidate {
  const event: Record<string, unknown> = {}
  let id: string | undefined
  let failed: string | undefined
  for (const [name, raw] of headers) {
    if (!name.startsWith('ce-')) continue
    const value = decodeHeader(raw)
    if (value === undefined) failed ??= `${name}: expected percent-encoded UTF-8`
    else if (name === 'ce-id') id = value
    // What is rejected is kept as it came.
    event[name.slice(3)] = value ?? raw
  }
  if (body !== '') {
    if (mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
      throw new Problem(415, 'Expected data of media type application/json.')
    }
    event.datacontenttype = mediaType
    event.data = parse(body)
  }
  const text = JSON.stringify(event)
  return failed === undefined ? { value: event, text } : { unreadable: failed, id, text }
}

/** Undoes quotes and percent-encoding as the HTTP binding of CloudEvents asks; undefined when it cannot be undone. */
function decodeHeader(raw: string): string | undefined {
  const quoted = /^"(.*)"$/s.exec(raw)
  const value = quoted ? (quoted[1] ?? '').replace(/\\(.)/gs, '$1') : raw
  try {
    return value.includes('%') ? decodeURIComponent(value) : value
  } catch {
    return undefined
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new Problem(400, 'The body is not JSON.')
  }
}

function tooMany(): Problem {
  return new Problem(413, `Over ${MAX_EVENTS} events in one request.`)
}
