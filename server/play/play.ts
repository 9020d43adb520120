import { basename } from 'node:path'
import { Zone } from '#core/zone.ts'
import type { PlayOptions } from './arguments.ts'
import { type DueEvent, deliver, type Watcher } from './deliver.ts'
import { count, type Output, Progress } from './progress.ts'
import { readRecording, type Survey, survey } from './recording.ts'
import { Sender } from './sender.ts'
import { ShopClient } from './shopClient.ts'
import { instantShowing, shiftEvent, shiftInstant, type TimeShift } from './timeShift.ts'
import { UsageError } from './usageError.ts'
import { localTime, zoneAhead, zoneShowing } from './wholeHourZones.ts'

/** The clock of a recording that tells its times in UTC. */
const UTC_READ_IN = 'Asia/Shanghai'

type Planned = PlayOptions & { timezone: string }

/**
 * Plays a recording into a shop over HTTP. `signal` ends it after the request under way.
 * @throws UsageError when something has to be changed first
 */
export async function play(options: PlayOptions, out: Output, signal: AbortSignal): Promise<void> {
  const { file, shop, speed, url, key } = options
  const found = await survey(file)
  const timezone = options.timezone ?? (found.offset && zoneAhead(found.offset, found.first)) ?? UTC_READ_IN
  const progress = new Progress(out, found.count)
  const onRetry = (text: string) => progress.say(text)
  const client = new ShopClient(shop, { url, key, onRetry, signal })
  const shift = speed === 'max' ? undefined : planShift({ ...options, timezone }, speed, found)
  progress.say(await prepareShop(client, { ...options, timezone }, shift))

  const sender = new Sender(client)
  try {
    await deliver(dueEvents(file, shift), sender, watch(progress, sender, shift, found.last), signal)
  } finally {
    for (const complaint of sender.complaints) progress.say(`rejected: ${complaint}`)
    const { accepted, duplicates, rejected } = sender
    progress.say(`${count(accepted)} accepted, ${count(duplicates)} already there, ${count(rejected)} rejected`)
  }
}

/** In the order of the file: an event that came late in the recording comes late again. Without a shift all is past. */
async function* dueEvents(file: string, shift: TimeShift | undefined): AsyncGenerator<DueEvent> {
  let due = Number.NEGATIVE_INFINITY
  for await (const line of readRecording(file)) {
    if (shift) due = Math.max(due, shiftInstant(line.time, shift))
    yield { due, text: shift ? shiftEvent(line, shift) : line.text }
  }
}

function watch(progress: Progress, sender: Sender, shift: TimeShift | undefined, last: number): Watcher {
  const leftMs = () => (shift ? shiftInstant(last, shift) - Date.now() : undefined)
  return {
    loading: () => progress.update(sender.sent, 'loading'),
    caughtUp: () => progress.say(`${count(sender.sent)} events loaded, the others follow as they fall due`),
    playing: () => progress.update(sender.sent, 'playing', leftMs()),
  }
}

function planShift({ file, at, timezone }: Planned, speed: number, { first, last }: Survey): TimeShift {
  const now = Date.now()
  if (at === undefined) return { anchor: first, now, speed }
  const zone = new Zone(timezone)
  const anchor = instantShowing(at, zone, first, last)
  if (anchor !== undefined) return { anchor, now, speed }
  const [from, to] = [first, last].map((instant) => clockText(instant, timezone))
  throw new UsageError(`--at: ${basename(file)} runs from ${from} to ${to} (${timezone}); expected a time between`)
}

/** Creates the shop if need be; says where the recording goes. */
async function prepareShop(client: ShopClient, { shop, timezone, url }: Planned, shift?: TimeShift): Promise<string> {
  const anchor = shift && localTime(shift.anchor, timezone)
  const facts = await client.facts()
  const zone = facts?.timezone ?? (shift && anchor ? zoneShowing(anchor.hour, shift.now) : timezone)
  if (facts === undefined) await client.create(shop, zone)
  const state = facts === undefined ? 'new' : facts.seq > 0 ? `already has ${count(facts.seq)} events` : 'still empty'
  const where = `${url}/wall/${shop} (${state}, ${zone})`
  if (!shift) return `everything with its own times into ${where}`
  const shown = clockText(shift.anchor, timezone)
  return `${shown} of the recording is now, ${clockText(shift.now, zone)} in ${where}`
}

/** `2010-08-03 11:00`. */
function clockText(instant: number, timezone: string): string {
  return localTime(instant, timezone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
}
