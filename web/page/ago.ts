import { since } from '../format/duration.ts'
import { reader } from '../i18n/i18n.svelte.ts'
import { p } from './texts.ts'

const MINUTE_MS = 60_000

/** How long ago an instant was, in words; instants in epoch milliseconds. */
export function ago(at: number, now: number): string {
  return now - at < MINUTE_MS ? p('justNow') : p('ago', { time: since(now - at, reader.language) })
}
