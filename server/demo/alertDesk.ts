import { setTimeout as pause } from 'node:timers/promises'
import type { View } from '#core/view.ts'
import { MINUTE, SECOND } from '#core/zone.ts'

const LOOKS_EVERY_MS = 10 * SECOND
/** The lead sees to what is fresh; what has stood for so long is in hand. */
const TAKES_AFTER_MS = 2 * MINUTE
/** Hands are only so quick. */
const TAKES_AT_ONCE = 40

/** The shift lead at the wall: takes breaches that have stood for a while, as a person would, until `signal` ends it. */
export async function takeAlerts(shopUrl: string, key: string, lead: string, signal: AbortSignal): Promise<void> {
  const ask = (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return fetch(`${shopUrl}/${path}`, { ...init, headers, signal })
  }
  for (;;) {
    await pause(LOOKS_EVERY_MS, undefined, { signal })
    const looked = await ask('view')
    if (!looked.ok) continue
    for (const alert of toTake((await looked.json()) as View)) {
      // One that is gone by now is refused, and no longer matters.
      const body = JSON.stringify({ command: 'acknowledge', alert, by: lead })
      await (await ask('commands', { method: 'POST', body })).body?.cancel()
    }
  }
}

/** The open breaches that have stood long enough, the worst first. */
export function toTake({ alerts, at }: Pick<View, 'alerts' | 'at'>): string[] {
  const stands = (since: string) => Date.parse(at) - Date.parse(since)
  return Object.entries(alerts)
    .filter(([, { level, state, since }]) => level === 'breach' && state === 'open' && stands(since) >= TAKES_AFTER_MS)
    .slice(0, TAKES_AT_ONCE)
    .map(([id]) => id)
}
