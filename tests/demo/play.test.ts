import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type PlayOptions, parseArguments } from '#server/play/arguments.ts'
import { play } from '#server/play/play.ts'
import { ShopClient } from '#server/play/shopClient.ts'
import { localTime } from '#server/play/wholeHourZones.ts'
import { StandIn } from './standIn.ts'

let dir: string
let server: StandIn
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'floorwatch-play-'))
  server = new StandIn()
})
afterEach(async () => {
  await server.close()
  await rm(dir, { recursive: true })
})

const NEVER = new AbortController().signal
/** Noon of the recording, by the clock of Shanghai. */
const NOON = Date.parse('2010-08-03T12:00:00+08:00')

/** Plays events that happened so many ms before or after noon; returns what was written. */
async function playing(offsets: number[], args: string, fields: object = {}, signal = NEVER): Promise<string> {
  const file = join(dir, 'day.ndjson')
  const lines = offsets.map((offset, i) => {
    const time = new Date(NOON + offset).toISOString()
    return JSON.stringify({ specversion: '1.0', id: `e${i}`, source: 's', type: 't', subject: 'x', time, ...fields })
  })
  await writeFile(file, lines.join('\n'))
  const argv = [file, '--shop', 'bank', '--key', 'k', '--url', await server.url(), ...args.split(' ').filter(Boolean)]
  let written = ''
  await play(parseArguments(argv, {}) as PlayOptions, { write: (text) => (written += text) }, signal)
  return written
}

describe('[play] a recording', () => {
  test('is loaded up to the time asked for, then goes on as it falls due', async () => {
    const started = Date.now()
    const written = await playing([-3_600_000, -1, 0, 60_000, 120_000], '--at 12:00 --speed 200')
    const [past, ...present] = server.batches
    expect(past).toMatchObject({ mode: 'backfill', key: 'Bearer k' })
    expect(past!.events).toHaveLength(3)
    expect(present.map(({ mode, events }) => [mode, events.length])).toEqual([
      ['live', 1],
      ['live', 1],
    ])
    for (const { events, at } of present) {
      const time = Date.parse(events[0]!.time)
      expect(time).toBeGreaterThanOrEqual(started + 300)
      expect(at).toBeGreaterThanOrEqual(time)
    }
    const [before, , anchor, after] = server.batches.flatMap(({ events }) => events).map(({ time }) => Date.parse(time))
    expect(anchor! - before!).toBe(3_600_000)
    expect(after! - anchor!).toBe(300)
    expect(written).toContain('12:00 of the recording is now')
    expect(written).toContain('5 accepted, 0 already there, 0 rejected')
  })

  test('makes a shop whose clock reads as in the recording, to the hour', async () => {
    await playing([-1, 0], '--at 12:00')
    expect(localTime(Date.now(), server.shop!.timezone).hour).toBe(12)
  })

  test('whose times say what its clock shows is read by that clock', async () => {
    const times = { time: '2010-08-03T22:00:00-05:00' }
    expect(await playing([0], '--at 22:00', times)).toContain('2010-08-03 22:00 of the recording is now')
    expect(localTime(Date.now(), server.shop!.timezone).hour).toBe(22)
    server.shop = undefined
    await playing([0], '--speed max', times)
    expect(localTime(NOON, server.shop!.timezone).offset).toBe('-05:00')
    await expect(playing([0], '--at 22:00 --timezone Asia/Tokyo', times)).rejects.toThrow('runs from 2010-08-04 12:00')
  })

  test('goes into a shop that is there as it is', async () => {
    server.shop = { name: 'bank', timezone: 'Europe/Berlin' }
    expect(await playing([0], '--at 12:00')).toContain('Europe/Berlin')
    expect(server.shop.name).toBe('bank')
  })

  test('starts with its first event when no time is asked for', async () => {
    const started = Date.now()
    await playing([0, 20], '')
    const [first, second] = server.batches.flatMap(({ events }) => events).map(({ time }) => Date.parse(time))
    expect(first).toBeGreaterThanOrEqual(started)
    expect(second! - first!).toBe(20)
  })

  test('at full speed keeps its times and ids, so that doing it again adds nothing', async () => {
    expect(await playing([0, 60_000, -60_000], '--speed max')).toContain('3 accepted')
    expect(server.shop!.timezone).toBe('Asia/Shanghai')
    expect(server.batches).toHaveLength(1)
    expect(server.batches[0]!.events.map(({ id, time }) => [id, Date.parse(time) - NOON])).toEqual([
      ['e0', 0],
      ['e1', 60_000],
      ['e2', -60_000],
    ])
    expect(await playing([0, 60_000, -60_000], '--speed max')).toContain('0 accepted, 3 already there')
  })

  test('keeps the order of the file: what came late comes late again', async () => {
    await playing([0, 100, 40, 120], '--at 12:00')
    const order = server.batches.flatMap(({ events }) => events).map(({ id }) => id.split('@')[0])
    expect(order).toEqual(['e0', 'e1', 'e2', 'e3'])
  })

  test('played twice is two recordings; sent twice after a lost answer it is one', async () => {
    server.instead.push('cut')
    expect(await playing([-2, -1, 0], '--at 12:00')).toContain('0 accepted, 3 already there')
    expect(await playing([-2, -1, 0], '--at 12:00')).toContain('3 accepted, 0 already there')
  })

  test('is sent again when the server asks for time', async () => {
    server.instead.push(503, 429)
    const written = await playing([-1, 0], '--at 12:00')
    expect(written).toContain('overloaded (503), trying again')
    expect(written).toContain('2 accepted, 0 already there')
  })

  test('tells which events were rejected and goes on', async () => {
    const written = await playing([-1, 0], '--at 12:00', { type: 'no.such' })
    expect(written).toMatch(/rejected: e0@.*: type: expected another/)
    expect(written).toContain('0 accepted, 0 already there, 2 rejected')
  })

  test('ends when told to, with what it has sent', async () => {
    const stop = new AbortController()
    const playingOn = playing([-1, 0, 3_600_000], '--at 12:00', {}, stop.signal)
    while (server.batches.length === 0) await new Promise((resolve) => setImmediate(resolve))
    stop.abort()
    await expect(playingOn).rejects.toThrow('aborted')
    expect(server.batches.map(({ mode }) => mode)).toEqual(['backfill'])
  })

  test('does not begin at a time it does not reach', async () => {
    await expect(playing([0, 1000], '--at 18:00')).rejects.toThrow(
      'day.ndjson runs from 2010-08-03 12:00 to 2010-08-03 12:00 (Asia/Shanghai); expected a time between',
    )
    expect(server.shop).toBeUndefined()
  })
})

describe('[play] a server', () => {
  test('that says no is quoted in one line', async () => {
    server.instead.push(403)
    await expect(playing([0], '')).rejects.toThrow('the server answered 403: not now')
  })

  test('at a port that is never asked is refused at once', async () => {
    const client = new ShopClient('bank', { url: 'http://127.0.0.1:6000', key: 'k' })
    await expect(client.facts()).rejects.toThrow('--url http://127.0.0.1:6000: expected a port')
  })

  test('that does not answer is given up after a while', async () => {
    const url = await server.url()
    const port = Number(new URL(url).port)
    await server.close()
    const client = new ShopClient('bank', { url, key: 'k', patienceMs: 300 })
    await expect(client.facts()).rejects.toThrow(/no answer from .*ECONNREFUSED.*; is the server running\?/)
    server = new StandIn(port)
  })
})
