import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, decodeFloor, drawView, type Floor, liftSaved, readSaved } from '#core/floor.ts'
import { SNAPSHOT_VERSION } from '#core/version.ts'
import { bigDay } from '../bench/bigDay.ts'

const day = bigDay(1_500, 60)
const events = day.events.map((event, i) => {
  const at = Date.parse(event.time)
  return { ...event, seq: i + 1, recordedAt: at, time: at } as RecordedEvent
})
const empty = () => createFloor({ shop: 'old', name: 'Old', timezone: 'UTC' })

/** What version 10 wrote of this day's first 1,200 events. */
function savedByVersion10() {
  const file = readFileSync(new URL('floorOfVersion10.json.gz', import.meta.url))
  const { front, pages } = JSON.parse(gunzipSync(file).toString()) as { front: string; pages: string[] }
  return { front: { text: front }, pages: pages.map((text) => ({ text })) }
}

function goOn(floor: Floor, from: number): unknown[] {
  const seen: unknown[] = []
  for (const event of events.slice(from)) {
    apply(floor, event)
    if (event.seq % 20 === 0) seen.push(drawView(floor))
  }
  advance(floor, day.end)
  seen.push(drawView(floor))
  return seen
}

describe('[L3] a floor that an earlier release saved and a log begins with', () => {
  test('[L3] is lifted, and goes on as the one that was folded from the beginning', () => {
    const { front, pages } = liftSaved(savedByVersion10())
    const lifted = decodeFloor(front, [readSaved(pages)])
    const folded = empty()
    for (const event of events.slice(0, 1_200)) apply(folded, event)
    expect(drawView(lifted)).toEqual(drawView(folded))
    expect(goOn(lifted, 1_200)).toEqual(goOn(folded, 1_200))
  })

  test.each([1, SNAPSHOT_VERSION + 1])('[L3] of version %i is not: it says so', (version) => {
    const saved = { front: { text: '{}' }, pages: [{ text: JSON.stringify({ version }) }] }
    expect(() => liftSaved(saved)).toThrow(`a floor saved by version ${version} cannot be lifted`)
  })
})
