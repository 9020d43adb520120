/** The few calls that benchmarks make besides their load. */
import type { Segment } from '#core/segment.ts'
import type { View } from '#core/view.ts'
import type { CloudEvent } from '#server/demo/feeds.ts'
import { KEY } from './childServer.ts'

export const BATCH_TYPE = 'application/cloudevents-batch+json'
const LOAD_BATCH = 2_000

export async function makeShop(url: string, shop: string, timezone: string): Promise<void> {
  const body = JSON.stringify({ name: shop, timezone })
  // A reference that blocked this process may have kept it from seeing that the server let go of an idle connection.
  const headers = { 'content-type': 'application/json', connection: 'close' }
  await call(`${url}/api/shops/${shop}`, { method: 'PUT', headers, body })
}

/** Sends a history in order; gives the shop's last seq. */
export async function backfill(url: string, shop: string, events: readonly CloudEvent[]): Promise<number> {
  let head = 0
  for (let i = 0; i < events.length; i += LOAD_BATCH) {
    const body = JSON.stringify(events.slice(i, i + LOAD_BATCH))
    head = (await send(url, shop, body, 'backfill')).head
  }
  return head
}

/** @returns the receipt. @throws Error unless every event was taken */
export async function send(url: string, shop: string, body: string, mode = 'live'): Promise<{ head: number }> {
  const headers = { 'content-type': BATCH_TYPE }
  const response = await call(`${url}/api/shops/${shop}/events?mode=${mode}`, { method: 'POST', headers, body })
  const receipt = (await response.json()) as { head: number; rejected: unknown[] }
  if (receipt.rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(receipt.rejected[0])}`)
  return receipt
}

/** @param at epoch ms; now when left out */
export async function viewOf(url: string, shop: string, at?: number): Promise<View> {
  const query = at === undefined ? '' : `?at=${new Date(at).toISOString()}`
  return (await (await call(`${url}/api/shops/${shop}/view${query}`, {})).json()) as View
}

/** @param from epoch ms, a whole minute */
export async function segmentOf(url: string, shop: string, from: number): Promise<Segment> {
  return (await (await call(`${url}/api/shops/${shop}/segments/${new Date(from).toISOString()}`, {})).json()) as Segment
}

/** Tries a handbook on a period. @throws Error when it could not be worked out */
export async function tryOn(url: string, shop: string, period: string, handbook: object): Promise<void> {
  const body = JSON.stringify({ period, handbook })
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const answer = await (await call(`${url}/api/shops/${shop}/handbook/what-if`, init)).text()
  if (!answer.includes('"result"')) throw new Error(answer)
}

async function call(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, headers: { authorization: `Bearer ${KEY}`, ...init.headers } })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response
}
