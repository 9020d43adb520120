/** The texts of the desk, in the reader's language: in a chunk of their own, as a wall never needs them. */
import type { Remark } from '#core/remark.ts'
import type { Why } from '#core/story.ts'
import type { View } from '#core/view.ts'
import { short } from '../format/duration.ts'
import { timeOfDay } from '../format/localTime.ts'
import { named, reader } from '../i18n/i18n.svelte.ts'
import { pageTexts } from '../i18n/pageTexts.ts'
import { EVENTS_ZH } from './events.zh.ts'
import { FIELDS, VALUES } from './fields.ts'
import { en } from './texts.en.ts'
import { type LeadKey, zh } from './texts.zh.ts'

export const l = pageTexts<LeadKey>(zh, en)

/** What a forecast or a suggestion remarks. */
export function remarkText(remark: Remark, agents: View['agents']): string {
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(remark)) values[name] = value
  if ('agent' in remark) values.agent = agents[remark.agent]?.name ?? remark.agent
  if ('queue' in remark) values.queue = named('queue', remark.queue)
  if ('status' in remark) values.status = named('status', remark.status)
  if ('tier' in remark) values.tier = tierName(remark.tier)
  return l(`remark.${remark.code}`, values)
}

/** Why a clock counted or not. */
export function whyText(why: Why, timezone: string): string {
  const ms = 'leftMs' in why ? why.leftMs : 'lateMs' in why ? why.lateMs : 'ms' in why ? why.ms : 0
  const count = 'count' in why ? why.count : 0
  const at = 'until' in why ? timeOfDay(Date.parse(why.until), timezone) : ''
  return l(`why.${why.code}`, { time: short(ms, reader.language), count, at })
}

/** What an event says, in a word or two. */
export function eventName(type: string): string {
  return reader.language === 'en' ? type.replace(/[._]/g, ' ') : (EVENTS_ZH[type] ?? type)
}

/** What a field of an event is called. */
export function fieldName(name: string): string {
  return FIELDS[name]?.[reader.language === 'en' ? 1 : 0] ?? name
}

/** What it says, in the reader's words where the API has one for it. */
export function fieldValue(name: string, value: unknown, nameOf: (agent: string) => string): string {
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.map((each) => fieldValue(name === 'queues' ? 'queue' : name, each, nameOf)).join(', ')
  if (name === 'lines' && Array.isArray(value)) return value.map(({ sku, qty }) => `${sku} ×${qty}`).join(', ')
  if (typeof value === 'boolean') return VALUES[String(value)]?.[reader.language === 'en' ? 1 : 0] ?? ''
  if (typeof value !== 'string') return JSON.stringify(value)
  switch (name) {
    case 'agent':
      return nameOf(value)
    case 'queue':
    case 'status':
    case 'reason':
      return named(name, value)
    case 'auto':
      return named('autoReply', value)
    case 'tier':
      return tierName(value)
    case 'kind':
    case 'outcome':
    case 'destination':
    case 'region':
    case 'sale':
      return VALUES[value]?.[reader.language === 'en' ? 1 : 0] ?? value
    default:
      return value
  }
}

function tierName(tier: string): string {
  const key = `tier.${tier}`
  return key in zh ? l(key as LeadKey) : tier
}
