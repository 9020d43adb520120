/** Single events posted at an even pace, each with the instant it set out and the seq it was given. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { KEY } from './childServer.ts'
import { preciseNow } from './measure.ts'
import type { Shown } from './screen.ts'

export interface Sent {
  at: number
  seq: number
}

/** What happens in a conversation, an event at a time. Left without its greeting it would fall due by itself later on. */
const STEPS = [
  { type: 'conversation.opened', data: { queue: 'presales' } },
  { type: 'message.sent', data: { auto: 'first_contact' } },
  { type: 'message.sent', data: {} },
] as const

let number = 0

/** Customers come, are greeted and answered, one event after the other: each changes what a wall shows. */
export function liveEvent(): CloudEvent {
  const { type, data } = STEPS[number % STEPS.length]!
  const subject = `live-${Math.floor(number / STEPS.length)}`
  number++
  const time = new Date().toISOString()
  return { specversion: '1.0', id: `live-${number}`, source: 'bench', type, subject, time, data }
}

/** Posts `count` events to `path`, one every `everyMs`, whether or not those before have been answered. */
export async function postAtPace(url: string, count: number, everyMs: number): Promise<Sent[]> {
  const start = performance.now()
  const posts: Promise<Sent>[] = []
  for (let i = 0; i < count; i++) {
    const wait = start + i * everyMs - performance.now()
    if (wait > 0) await sleep(wait)
    posts.push(post(url))
  }
  return Promise.all(posts)
}

async function post(url: string): Promise<Sent> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/cloudevents+json' }
  const body = JSON.stringify(liveEvent())
  const at = preciseNow()
  const response = await fetch(url, { method: 'POST', headers, body })
  if (response.status !== 202) throw new Error(`answered: ${response.status} ${await response.text()}`)
  const { head } = (await response.json()) as { head: number }
  return { at, seq: head }
}

/** How long each event took to a screen: to the first patch that holds its seq. @throws Error when one was never shown */
export function delays(sent: readonly Sent[], shown: readonly Shown[]): number[] {
  return sent.map(({ at, seq }) => {
    const first = shown.find(({ packet }) => (packet as Sent).seq >= seq)
    if (first === undefined) throw new Error(`seq ${seq} was never shown`)
    return first.at - at
  })
}
