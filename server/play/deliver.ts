import { setTimeout as sleep } from 'node:timers/promises'
import type { Sender } from './sender.ts'

/** An event as JSON text, and when (epoch ms) it is to be sent. */
export interface DueEvent {
  due: number
  text: string
}

/** Told how a delivery gets on. */
export interface Watcher {
  /** A batch of the past has been sent. */
  loading(): void
  /** The past has been sent: from here on every event goes out as it falls due. */
  caughtUp(): void
  /** An event of the present has been sent, or is being waited for: at least once a second. */
  playing(): void
}

const LOOKS_EVERY_MS = 1_000

/**
 * Sends events in their order: those already due as history, in large batches, from then on each as it falls due,
 * those due together in one request. `signal` ends it after the request under way, with an AbortError.
 */
export async function deliver(
  events: AsyncIterable<DueEvent> | Iterable<DueEvent>,
  sender: Sender,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<void> {
  let mode: 'live' | 'backfill' = 'backfill'
  for await (const { due, text } of events) {
    if (sender.isFull) {
      await sender.flush(mode)
      if (mode === 'backfill') watcher.loading()
    }
    if (due > Date.now()) {
      await sender.flush(mode)
      if (mode === 'backfill') watcher.caughtUp()
      mode = 'live'
      await waitUntil(due, watcher, signal)
    }
    signal.throwIfAborted()
    sender.add(text)
  }
  await sender.flush(mode)
}

async function waitUntil(due: number, watcher: Watcher, signal: AbortSignal): Promise<void> {
  for (let now = Date.now(); now < due; now = Date.now()) {
    watcher.playing()
    await sleep(Math.min(due - now, LOOKS_EVERY_MS), undefined, { signal })
  }
}
