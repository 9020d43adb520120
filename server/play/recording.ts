import { createReadStream } from 'node:fs'
import { EXPECTED_INSTANT, parseInstant } from '#server/instant.ts'
import { linesOf } from '#server/lines.ts'
import { UsageError } from './usageError.ts'

/** A line of a recording: the event as text and parsed, and when it happened (epoch ms). */
export interface RecordedLine {
  text: string
  event: Record<string, unknown> & { id: string; time: string }
  time: number
}

/** What there is to play. `first` and `last` are the earliest and the latest `time` (epoch ms). */
export interface Survey {
  count: number
  /** What the first time that is not in UTC is ahead of it, as `+08:00`. */
  offset?: string
  first: number
  last: number
}

const REQUIRED = ['id', 'source', 'type', 'subject'] as const

/** Reads a whole recording once, so that nothing is sent of one that cannot be read to the end. @throws UsageError */
export async function survey(file: string): Promise<Survey> {
  const found: Survey = { count: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }
  for await (const { time, event } of readRecording(file)) {
    found.count++
    const [offset] = /[+-](?!00:00)\d\d:\d\d$/.exec(event.time) ?? []
    if (offset !== undefined) found.offset ??= offset
    found.first = Math.min(found.first, time)
    found.last = Math.max(found.last, time)
  }
  if (found.count === 0) throw new UsageError(`${file}: expected events, one a line; it holds none`)
  return found
}

/** The lines of a recording in the order of the file; empty ones are passed over. @throws UsageError that names line and field. */
export async function* readRecording(file: string): AsyncGenerator<RecordedLine, void, void> {
  const input = createReadStream(file)
  let number = 0
  try {
    for await (const text of linesOf(input, (_, expected) => new UsageError(expected))) {
      number++
      if (text.trim() !== '') yield readLine(text)
    }
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${file}, line ${number}: ${error.message}`)
    throw fileError(file, error)
  }
}

function readLine(line: string): RecordedLine {
  // Some programs begin a file with a byte order mark.
  const text = line.replace(/^\uFEFF/, '')
  const event = parse(text)
  for (const field of REQUIRED) {
    const value = event[field]
    if (typeof value !== 'string' || value === '') throw new UsageError(`${field}: expected a text`)
  }
  const time = typeof event.time === 'string' ? parseInstant(event.time) : undefined
  if (time === undefined) throw new UsageError(`time: ${EXPECTED_INSTANT}`)
  return { text, event: event as RecordedLine['event'], time }
}

function parse(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UsageError('expected one JSON object on the line')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError('expected one JSON object on the line')
  return value as Record<string, unknown>
}

function fileError(file: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return new UsageError(`${file}: there is no such file`)
  if (code === 'EISDIR') return new UsageError(`${file}: expected a file, this is a directory`)
  if (code === 'EACCES') return new UsageError(`${file}: this file may not be read`)
  return error
}
