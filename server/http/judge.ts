/** Judges one candidate at the door: either an event the log can take, or what is wrong with it. */
import { type EventType, OWN_SOURCE, ownEventData, sourceEventData } from '#core/events.ts'
import { EXPECTED_INSTANT, parseInstant } from '#server/instant.ts'
import type { SoundEvent } from '#server/live/inbox.ts'
import { badText, EXPECTED_TEXT, mayBeBad } from './badText.ts'
import type { Candidate } from './cloudEvents.ts'
import { fieldError } from './problem.ts'

export interface Terms {
  /** Events that only the product writes are taken too: those of a copied log. */
  ownToo?: boolean
  /** The one source that events may come from. */
  source?: string | undefined
}
export type Verdict = { event: SoundEvent } | { id?: string; error: string }

const SCHEMAS = { ...sourceEventData, ...ownEventData }
const MAX_NAME = 200
/** What the product says itself may be of an alert, whose id holds the id of what it is about. */
const MAX_OWN_SUBJECT = 1000
/** An event nested deeper could be stored and never be written out again. */
const MAX_DEPTH = 50

/**
 * `error` names the field and what was expected there.
 */
export function judge(candidate: Candidate, { ownToo = false, source: only }: Terms = {}): Verdict {
  if ('unreadable' in candidate) return { ...known(candidate.id), error: candidate.unreadable }
  if (!isObject(candidate.value)) return { error: 'expected a JSON object' }
  const { value, text } = withoutNulls(candidate.value, candidate.text)
  const { id, source, type, subject, time, specversion } = value
  const isOwn = ownToo && source === OWN_SOURCE
  const error =
    nameError('id', id) ??
    nameError('source', source) ??
    nameError('type', type) ??
    nameError('subject', subject, isOwn ? MAX_OWN_SUBJECT : MAX_NAME) ??
    (specversion === '1.0' ? undefined : 'specversion: expected "1.0"') ??
    (source === OWN_SOURCE && !ownToo ? `source: expected another name than ${OWN_SOURCE}` : undefined) ??
    (only === undefined || source === only ? undefined : `source: expected ${only}, the one source of this key`) ??
    typeError(type as string, ownToo) ??
    (value.data_base64 === undefined ? undefined : 'data_base64: expected data as JSON') ??
    (opens(text, MAX_DEPTH) && deeper(value, MAX_DEPTH) ? `data: expected at most ${MAX_DEPTH} levels` : undefined) ??
    textError(value, text)
  if (error !== undefined) return { ...known(id), error }
  const instant = typeof time === 'string' ? parseInstant(time) : undefined
  if (instant === undefined) return { ...known(id), error: `time: ${EXPECTED_INSTANT}` }
  const data = value.data ?? {}
  const checked = SCHEMAS[type as EventType].safeParse(data)
  if (!checked.success) return { ...known(id), error: dataError(checked.error) }
  return {
    event: {
      id: id as string,
      source: source as string,
      type: type as string,
      subject: subject as string,
      time: instant,
      data,
      body: text,
    },
  }
}

/** CloudEvents: an attribute that is null is one that is not there. */
function withoutNulls(value: Record<string, unknown>, text: string): { value: Record<string, unknown>; text: string } {
  for (const name in value) {
    if (value[name] !== null) continue
    const left = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null))
    return { value: left, text: JSON.stringify(left) }
  }
  return { value, text }
}

/** The id, where it is one. */
const known = (id: unknown) => (nameError('id', id) === undefined ? { id: id as string } : {})

function nameError(field: string, value: unknown, most = MAX_NAME): string | undefined {
  if (typeof value !== 'string') return `${field}: expected a string`
  if (value === '') return `${field}: expected at least 1 character`
  if (value.length > most) return `${field}: expected at most ${most} characters`
  return undefined
}

function typeError(type: string, ownToo: boolean): string | undefined {
  if (Object.hasOwn(ownToo ? SCHEMAS : sourceEventData, type)) return undefined
  if (Object.hasOwn(ownEventData, type)) return `type: ${type} is written by settings and commands only`
  return `type: expected a known event type, not ${type}`
}

function dataError(error: Parameters<typeof messages>[0]): string {
  return messages(error).slice(0, 3).join('; ')
}

function messages(error: { issues: Parameters<typeof fieldError>[0][] }): string[] {
  return error.issues
    .map(fieldError)
    .map(({ field, detail }) => `${field === '' ? 'data' : `data.${field}`}: ${detail}`)
}

function textError(value: object, text: string): string | undefined {
  const path = mayBeBad(text) ? badText(value) : undefined
  return path === undefined ? undefined : `${path}: ${EXPECTED_TEXT}`
}

/** Whether a JSON text has more brackets than so many, in texts or not: without them it cannot be so deep. */
function opens(text: string, most: number): boolean {
  let brackets = 0
  for (const bracket of '{[')
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1))
      if (++brackets > most) return true
  return false
}

function deeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const key in value) if (deeper((value as Record<string, unknown>)[key], levels - 1)) return true
  return false
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
