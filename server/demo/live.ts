import { dateOf, Zone } from '#core/zone.ts'
import { type DueEvent, deliver } from '../play/deliver.ts'
import { count, type Output, Progress } from '../play/progress.ts'
import { Sender } from '../play/sender.ts'
import { ShopClient } from '../play/shopClient.ts'
import { localTime } from '../play/wholeHourZones.ts'
import { takeAlerts } from './alertDesk.ts'
import { makeKey } from './apiKey.ts'
import type { Delivery } from './feeds.ts'
import { LEAD } from './people.ts'
import { simulate } from './simulate.ts'
import { zoneAtMidday } from './zoneAtMidday.ts'

export const SHOP = 'demo'
const NAME = '青禾数码旗舰店'
const SEED = 3
/** Soon after somebody looks, something happens. */
const RUSH_AFTER_MS = 90_000

/**
 * Opens the demo shop on a server and lives in it over HTTP, as any program would: yesterday and this morning at once,
 * then on and on in real time, until `signal` ends it.
 * @param link opens it signed in: told once there is something to see
 */
export async function live(
  { url, adminKey, link }: { url: string; adminKey: string; link: string },
  out: Output,
  signal: AbortSignal,
): Promise<void> {
  const now = Date.now()
  const timezone = zoneAtMidday(now)
  const clock = localTime(now, timezone)
  const onRetry = (text: string) => progress.say(text)
  await new ShopClient(SHOP, { url, key: adminKey }).create(NAME, timezone)
  const key = await makeKey(url, adminKey, { name: 'simulator', scopes: ['events:write', 'backfill'], shop: SHOP })
  const leadKey = await makeKey(url, adminKey, { name: 'lead', scopes: ['read', 'command'], shop: SHOP })

  const zone = new Zone(timezone)
  const simulation = simulate({ seed: SEED, timezone, from: dateOf(zone.dayOf(now) - 1), rushAt: now + RUSH_AFTER_MS })
  const past = takeUntil(simulation, now)
  const progress = new Progress(out, past.length)
  const day = clock.toLocaleString('en-GB', { weekday: 'long', hour: '2-digit', minute: '2-digit' })
  progress.say(`The shop is in ${timezone}, ${day}. Loading yesterday and today so far.`)

  const sender = new Sender(new ShopClient(SHOP, { url, key, onRetry, signal }))
  const loaded = Promise.withResolvers<void>()
  const watcher = {
    loading: () => progress.update(sender.sent, 'loading'),
    caughtUp: () => {
      loaded.resolve()
      progress.say(`${count(sender.sent)} events loaded in ${((Date.now() - now) / 1000).toFixed(1)} s.`)
      progress.say(`\n  ${link}\n\nThe shop lives on in real time. Ctrl-C ends it.`)
    },
    playing: () => {},
  }
  await Promise.all([
    deliver(dueEvents(past, simulation), sender, watcher, signal),
    loaded.promise.then(() => takeAlerts(`${url}/api/shops/${SHOP}`, leadKey, LEAD, signal)),
  ])
}

/** What is handed over up to an instant, and the first delivery after it: what was drawn cannot be put back. */
function takeUntil(simulation: Iterator<Delivery>, instant: number): Delivery[] {
  const taken: Delivery[] = []
  do taken.push(simulation.next().value)
  while (taken.at(-1)!.at <= instant)
  return taken
}

function* dueEvents(past: readonly Delivery[], simulation: Iterable<Delivery>): Generator<DueEvent> {
  for (const { at, event } of past) yield { due: at, text: JSON.stringify(event) }
  for (const { at, event } of simulation) yield { due: at, text: JSON.stringify(event) }
}
