import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { checksum } from '#core/checksum.ts'
import type { Segment } from '#core/segment.ts'
import type { View } from '#core/view.ts'
import { type AlertFilter, countByRule, filterAlerts } from '../../web/replay/alertFilter.ts'
import { type PastAlert, RecordedDay } from '../../web/replay/day.svelte.ts'
import { breachBeside, breachesAlong, dateBeside, hoursOf } from '../../web/replay/jump.ts'
import { Player } from '../../web/replay/player.svelte.ts'
import { Reel, type Verified } from '../../web/replay/reel.ts'

const FROM = Date.parse('2026-11-23T03:00:00.000Z')
const MINUTES = 5
const iso = (at: number) => new Date(at).toISOString()
const viewAt = (at: number) => ({ shop: 's', seq: Math.floor((at - FROM) / 1_000), at: iso(at) }) as unknown as View

/** A recording in which something changes each second. */
function segmentAt(from: number, shown: Segment['shown'] = []): Segment {
  const patches = Array.from({ length: 59 }, (_, i) => {
    const { seq, at } = viewAt(from + (i + 1) * 1_000)
    return { at, seq, patch: { seq, at } }
  })
  return { from: iso(from), to: iso(from + 60_000), final: true, view: viewAt(from), patches, shown }
}

function stage(fetch = async (from: number) => segmentAt(from)) {
  const fetched: number[] = []
  let verified: Verified = { checked: 0, different: [] }
  const reel = new Reel(
    (from) => {
      fetched.push(from)
      return fetch(from)
    },
    (sum) => {
      verified = sum
    },
  )
  const player = new Player(reel, { from: FROM, upTo: FROM + MINUTES * 60_000 - 1_000 }, FROM)
  const shown: View[] = []
  const stop = player.feed.play({ show: (view) => shown.push(view), holds: () => undefined, refused: () => undefined })
  /** What was asked for has come. */
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { player, shown, fetched, verified: () => verified, settle, stop }
}

describe('[replay] playing', () => {
  test('[replay] wherever it is sought to, forth and back, it shows the view of that second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: MINUTES * 60 - 2 }), { minLength: 1 }), async (seconds) => {
        const { player, shown, settle, stop } = stage()
        for (const second of seconds) {
          player.seek(FROM + second * 1_000 + 400)
          await settle()
          expect(shown.at(-1)).toEqual(viewAt(FROM + second * 1_000))
          expect(player.at).toBe(FROM + second * 1_000)
        }
        stop()
      }),
      { numRuns: 30 },
    )
  })

  test('[replay] of a day that is over ends within it, and begins anew from there', async () => {
    const last = FROM + MINUTES * 60_000 - 1
    const reel = new Reel(
      async (from) => segmentAt(from),
      () => undefined,
    )
    const player = new Player(reel, { from: FROM, upTo: last }, FROM)
    player.seek(last + 1)
    expect(player.at).toBe(last - 999)
    expect(player.ended).toBe(true)
    player.toggle()
    expect(player.at).toBe(FROM)
  })

  test('[replay] at 60 × a second of watching is a minute of the day; what is not there yet is waited for, not skipped', async () => {
    const { player, shown, settle, stop } = stage()
    await settle()
    player.speed = 60
    player.toggle()
    for (let tick = 0; tick < 20; tick++) {
      player.pass(50)
      await settle()
    }
    expect(player.at - FROM).toBe(60_000)
    player.speed = 240
    player.pass(60_000)
    expect(player.at - FROM).toBeLessThanOrEqual(2 * 60_000)
    expect(shown.every((view, i) => i === 0 || view.seq > (shown[i - 1]?.seq ?? 0))).toBe(true)
    stop()
  })

  test('[replay] it stops at the end, and begins anew from there', async () => {
    const { player, settle, stop } = stage()
    player.seek(FROM + MINUTES * 60_000)
    await settle()
    expect(player.ended).toBe(true)
    player.toggle()
    expect([player.playing, player.at]).toEqual([true, FROM])
    stop()
  })

  test('[replay] a segment that cannot be had is told of, and asked for again when sought anew', async () => {
    let broken = true
    const { player, shown, fetched, settle, stop } = stage(async (from) => {
      if (broken) throw new Error('no way')
      return segmentAt(from)
    })
    await settle()
    expect([player.failed, player.waiting, shown.length]).toEqual(['no way', false, 0])
    player.pass(1_000)
    expect(fetched).toHaveLength(1)
    broken = false
    player.seek(FROM)
    await settle()
    expect(shown.at(-1)).toEqual(viewAt(FROM))
    stop()
  })

  test('[replay] at an instant between two seconds it shows the view it was given, until it is moved', async () => {
    const { player, shown, settle, stop } = stage()
    await settle()
    const exact = { ...viewAt(FROM + 1_250), seq: 77 } as View
    player.stand(FROM + 1_250, exact)
    expect([shown.at(-1), player.at]).toEqual([exact, FROM + 1_250])
    player.seek(FROM + 1_250)
    expect(shown.at(-1)).toEqual(viewAt(FROM + 1_000))
    stop()
  })
})

describe('[L4] holding a replay against live', () => {
  test('[L4] says how often it was held against what screens were shown, and where it differs', async () => {
    const right = { at: iso(FROM + 7_000), sum: checksum(viewAt(FROM + 7_000)) }
    const wrong = { at: iso(FROM + 9_000), sum: 'other' }
    const missing = { at: iso(FROM + 9_500), sum: 'other' }
    const { verified, settle, stop } = stage(async (from) =>
      segmentAt(from, from === FROM ? [right, wrong, missing] : []),
    )
    await settle()
    await settle()
    expect(verified()).toEqual({ checked: 3, different: [wrong.at, missing.at] })
    stop()
  })
})

describe('[replay] jumping', () => {
  const alert = (at: number, level: 'warn' | 'breach', rule = 'pack'): PastAlert => ({
    id: `${rule}${at}`,
    rule,
    subject: 'o1',
    level,
    at,
  })
  const alerts = [alert(10, 'breach'), alert(20, 'warn'), alert(30, 'breach', 'pickup'), alert(40, 'breach')]

  test('[replay] goes from breach to breach, of any rule or of one, and past warnings', () => {
    expect(breachBeside(alerts, 10, 1, undefined)?.at).toBe(30)
    expect(breachBeside(alerts, 10, 1, 'pack')?.at).toBe(40)
    expect(breachBeside(alerts, 40, -1, undefined)?.at).toBe(30)
    expect(breachBeside(alerts, 40, 1, undefined)).toBeUndefined()
  })

  test('[replay] counts breaches along the day', () => {
    expect(breachesAlong(alerts, { from: 0, to: 40 }, 4)).toEqual([0, 1, 0, 1])
  })

  test('[replay] a day on which the clocks change has 23 or 25 hours', () => {
    const day = { from: Date.parse('2026-10-25T00:00:00+02:00'), to: Date.parse('2026-10-26T00:00:00+01:00') }
    expect(hoursOf(day)).toHaveLength(25)
    expect(dateBeside('2026-03-01', -1)).toBe('2026-02-28')
  })
})

describe('[replay] the alerts of a day', () => {
  const facts = { date: '2026-11-23', timezone: 'UTC', marks: [], opens: iso(FROM), from: '2026-11-23T00:00:00.000Z' }
  const to = '2026-11-24T00:00:00.000Z'
  test.each([
    ['over: one of the next midnight is of the next day', to, to],
    ['under way: one of this very instant is of it', iso(FROM), iso(FROM + 1)],
  ])('[replay] of a day that is %s', async (_, upTo, before) => {
    const asked: URL[] = []
    vi.stubGlobal('fetch', async (path: string) => {
      const url = new URL(path, 'http://floor')
      asked.push(url)
      return Response.json(url.pathname.includes('/days/') ? { ...facts, to, upTo } : { alerts: [], at: [] })
    })
    try {
      await new RecordedDay('s', '2026-11-23').load()
    } finally {
      vi.unstubAllGlobals()
    }
    expect(asked.find(({ pathname }) => pathname.endsWith('/alerts'))?.searchParams.get('to')).toBe(before)
  })
})

describe('[replay] the list of alerts', () => {
  const alert = (id: string, rule: string, rest: Partial<PastAlert> = {}): PastAlert => ({
    id,
    rule,
    subject: id,
    level: 'breach',
    at: FROM,
    ...rest,
  })
  const alerts = [
    alert('c12', 'first_response', { agent: 'Li', queue: 'presale' }),
    alert('c13', 'first_response', { agent: 'Wang', withdrawn: true }),
    alert('o12', 'pack', { level: 'warn' }),
  ]
  const shown = (filter: Partial<AlertFilter>) =>
    filterAlerts(alerts, { rule: '', kind: 'all', words: '', ...filter }, ({ subject, agent, queue }) => [
      subject,
      agent ?? '',
      queue ?? '',
    ]).map(({ id }) => id)

  test.each([
    [{}, ['c12', 'c13', 'o12']],
    [{ rule: 'pack' }, ['o12']],
    [{ kind: 'standing' }, ['c12']],
    [{ kind: 'warn' }, ['o12']],
    [{ kind: 'withdrawn' }, ['c13']],
    [{ words: '12' }, ['c12', 'o12']],
    [{ words: ' LI  PRESALE ' }, ['c12']],
    [{ words: 'li wang' }, []],
  ] as [Partial<AlertFilter>, string[]][])('by %j', (filter, ids) => {
    expect(shown(filter)).toEqual(ids)
  })

  test('rules stand by how often they were alerted', () => {
    expect(countByRule([...alerts].reverse())).toEqual([
      ['first_response', 2],
      ['pack', 1],
    ])
  })
})
