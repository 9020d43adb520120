import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RULES } from '#core/handbook.ts'
import { agentTiles, countAgents } from '../../web/wall/agentTiles.ts'
import { groupAlerts } from '../../web/wall/alertGroups.ts'
import { clockCells } from '../../web/wall/clockCells.ts'
import { crowd } from '../../web/wall/crowd.ts'
import { fold, rowsThatFit } from '../../web/wall/fold.ts'
import { overall } from '../../web/wall/overall.ts'
import { queueRows, queueTotal } from '../../web/wall/queueRows.ts'
import { spareMisses, stateOfRate } from '../../web/wall/rates.ts'
import { lift, settle } from '../../web/wall/settle.ts'
import { stockRows } from '../../web/wall/stockRows.ts'
import { pressingWave, told, waves, wavesShown } from '../../web/wall/waves.ts'
import { anAgent, anAlert, aView } from './view.ts'

const at = (minute: number) => `2026-11-21T04:${String(minute).padStart(2, '0')}:00.000Z`

describe('[wall] alerts', () => {
  test('of a chat come before those of any other rule, however long these are over', () => {
    const ids = [...new Set(RULES.map(({ id }) => id))]
    const groups = groupAlerts({
      alerts: Object.fromEntries(ids.map((rule, i) => [rule, anAlert({ rule, dueAt: at(ids.length - i) })])),
      alertCounts: Object.fromEntries(ids.map((rule) => [rule, { warn: 0, breach: 1 }])),
    })
    const chats = RULES.filter((rule) => rule.of === 'conversation').map(({ id }): string => id)
    expect(new Set(groups.slice(0, chats.length).map(({ rule }) => rule))).toEqual(new Set(chats))
  })

  test('are merged by rule, the worst first, those taken last', () => {
    const groups = groupAlerts({
      alerts: {
        a: anAlert({ rule: 'pack', level: 'warn', dueAt: at(1) }),
        b: anAlert({ rule: 'first_response', dueAt: at(9) }),
        c: anAlert({ rule: 'first_response', dueAt: at(5), subject: 'oldest' }),
        d: anAlert({ rule: 'cancel', dueAt: at(2), state: 'acknowledged', acknowledgedBy: 'Li' }),
        e: anAlert({ rule: 'queue_depth', since: at(4) }),
        f: anAlert({ rule: 'delivery_span', dueAt: '2026-11-01T00:00:00.000Z' }),
      },
      alertCounts: {
        delivery_span: { warn: 0, breach: 1 },
        first_response: { warn: 0, breach: 2 },
        pack: { warn: 1, breach: 0 },
        cancel: { warn: 0, breach: 1 },
        queue_depth: { warn: 0, breach: 1 },
        callback: { warn: 3, breach: 0 },
        pickup: { warn: 0, breach: 0 },
      },
    })
    expect(groups.map((group) => group.rule)).toEqual([
      'queue_depth',
      'first_response',
      'delivery_span',
      'pack',
      'callback',
      'cancel',
    ])
    expect(groups[1]).toMatchObject({ breach: 2, taken: false, worst: { subject: 'oldest' } })
    expect(groups[4]).toEqual({
      rule: 'callback',
      breach: 0,
      warn: 3,
      level: 'warn',
      taken: false,
      open: { breach: 0, warn: 3 },
    })
    expect(groups[5]).toMatchObject({ taken: true, worst: { acknowledgedBy: 'Li' } })
  })

  test('one nobody has taken stands before a worse one that somebody has', () => {
    const [group] = groupAlerts({
      alerts: {
        a: anAlert({ dueAt: at(1), state: 'acknowledged' }),
        b: anAlert({ dueAt: at(9), subject: 'free' }),
      },
      alertCounts: { first_response: { warn: 0, breach: 2 } },
    })
    expect(group).toMatchObject({ taken: false, worst: { subject: 'free' } })
  })
})

describe('[wall] places', () => {
  test('everything that fits is shown, else the last place says how much more there is', () => {
    expect(fold([1, 2, 3], 3)).toEqual({ shown: [1, 2, 3], more: [] })
    expect(fold([1, 2, 3, 4], 3)).toEqual({ shown: [1, 2], more: [3, 4] })
    expect(rowsThatFit(286, 70, 5)).toBe(3)
    expect(rowsThatFit(0, 70, 5)).toBe(1)
  })

  test('whoever has a seat keeps it', () => {
    expect(settle(['a', 'b', 'c'], ['c', 'd', 'a'])).toEqual(['a', 'd', 'c'])
    expect(settle([], ['x', 'y'])).toEqual(['x', 'y'])
    expect(settle(['a', 'b', 'c'], ['c'])).toEqual(['c'])
  })

  test('one in need comes to the front by changing seats with one who is not', () => {
    expect(lift(['a', 'b', 'c', 'd'], new Set(['c']))).toEqual(['c', 'b', 'a', 'd'])
    expect(lift(['a', 'b', 'c', 'd'], new Set(['a', 'd']))).toEqual(['a', 'd', 'c', 'b'])
    expect(lift(['a', 'b'], new Set())).toEqual(['a', 'b'])
  })

  test('a crowd: those in need always, the others in turns, each once in a round', () => {
    const all = ['X', 'Y', ...'abcdefghij']
    const inNeed = (id: string) => id < 'a'
    expect(crowd(all, inNeed, 12, 7)).toEqual({ pinned: all, page: [], at: 0, pages: 1 })
    const turns = [0, 1, 2, 3].map((turn) => crowd(all, inNeed, 6, turn))
    expect(turns.every(({ pinned, pages }) => pinned.join('') === 'XY' && pages === 4)).toBe(true)
    expect(turns.flatMap(({ page }) => page).join('')).toBe('abcdefghij')
    expect(crowd([...'XYZXYZ'], () => true, 4, 1)).toMatchObject({ pinned: ['X', 'Y'], at: 1 })
  })

  test('a crowd is seen whole in one round, however few the places; a single place is the first one’s', () => {
    const all = ['X', 'Y', ...'abcdefghij']
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 11 }), fc.integer({ min: 0, max: 12 }), (places, needy) => {
        const inNeed = (id: string) => all.indexOf(id) < needy
        const { pages, pinned } = crowd(all, inNeed, places, 0)
        const round = Array.from({ length: pages }, (_, turn) => crowd(all, inNeed, places, turn))
        expect([...pinned, ...round.flatMap(({ page }) => page)]).toEqual(all)
        for (const { page } of round) expect(pinned.length + page.length + 1).toBeLessThanOrEqual(places)
      }),
    )
    expect(crowd(all, () => true, 1, 3)).toEqual({ pinned: ['X'], page: [], at: 0, pages: 1 })
  })

  test('every wanted one has exactly one seat, whatever was before', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'))
    fc.assert(
      fc.property(ids, ids, (before, wanted) => {
        const seats = settle(before, wanted)
        expect([...seats].sort()).toEqual([...wanted].sort())
        const inNeed = new Set([...before].filter((id) => wanted.includes(id)).slice(0, 3))
        const lifted = lift(seats, inNeed)
        expect([...lifted].sort()).toEqual([...wanted].sort())
        expect(lifted.slice(0, inNeed.size).every((id) => inNeed.has(id))).toBe(true)
        for (const [seat, id] of before.entries())
          if (seat < wanted.length && wanted.includes(id)) expect(seats[seat]).toBe(id)
      }),
    )
  })
})

describe('[wall] panels', () => {
  test('queues under pressure come first, quiet ones by name', () => {
    const queue = { unassigned: 0, awaitingReply: 0, active: 0, online: 1, free: 1, abandonedToday: 0 }
    const decided = { firstToday: { count: 0, met: 0 } }
    const rows = queueRows({
      queues: {
        b: { ...queue, ...decided, waiting: 0 },
        a: { ...queue, ...decided, waiting: 0 },
        waits: { ...queue, ...decided, waiting: 1, oldestWaitingSince: at(2) },
        late: { ...queue, ...decided, waiting: 2, oldestWaitingSince: at(3) },
      },
      alerts: { x: anAlert({ queue: 'late' }), y: anAlert({ rule: 'pack', subject: 'waits' }) },
    })
    expect(rows.map((row) => [row.id, row.state])).toEqual([
      ['late', 'breach'],
      ['waits', 'fine'],
      ['a', 'fine'],
      ['b', 'fine'],
    ])
    expect(queueTotal(rows)).toEqual({ waiting: 3, oldestWaitingSince: at(2), state: 'breach' })
  })

  test('agents in need come first, those off shift are only counted', () => {
    const agents = {
      off: anAgent({ status: 'offline' }),
      calm: anAgent({ capacity: 5, active: 1 }),
      full: anAgent({ capacity: 5, active: 5 }),
      over: anAgent({ capacity: 5, active: 6, autoReply: 'over_capacity' }),
      late: anAgent({ active: 2 }),
      owes: anAgent({ oldestUnansweredSince: at(1), status: 'busy', autoReply: 'busy' }),
    }
    const tiles = agentTiles({ agents, alerts: { x: anAlert({ agent: 'late' }) } })
    expect(tiles.map((tile) => tile.id)).toEqual(['late', 'over', 'owes', 'full', 'calm'])
    expect(tiles.map((tile) => tile.state)).toEqual(['breach', 'risk', 'fine', 'fine', 'fine'])
    expect(countAgents(agents)).toEqual({ online: 4, busy: 1, away: 0, offline: 1, free: 2, full: 2, autoReply: 2 })
  })

  test('stock shows its two clocks, an overdue one first', () => {
    const sku = { onHand: 0, hot: false, since: at(0) }
    const rows = stockRows({
      stock: {
        low: { ...sku, onHand: 3, state: 'low' },
        out: { ...sku, state: 'out', supplierDueAt: at(20) },
        hot: { ...sku, hot: true, state: 'out', announceDueAt: at(9) },
        late: { ...sku, onHand: 2, state: 'low', supplierDueAt: at(1) },
      },
      at: at(5),
      alerts: {
        b: anAlert({ rule: 'shortage_announce', subject: 'hot', level: 'warn', dueAt: at(9) }),
      },
    })
    expect(rows.map((row) => [row.sku, row.state])).toEqual([
      ['late', 'risk'],
      ['hot', 'breach'],
      ['out', 'risk'],
      ['low', 'risk'],
    ])
    expect(rows[0]?.supplier?.state).toBe('breach')
    expect(rows[1]?.announce?.state).toBe('risk')
    expect(rows[2]?.supplier?.state).toBe('fine')
  })

  test('the wave to look at is the late one or the next, whichever is nearer', () => {
    const wave = { orders: 4, packed: 4, tracked: 4, collected: 4, onTime: 4 }
    const all = waves({
      pickups: {
        w17: { ...wave, at: at(17), state: 'upcoming' },
        w10: { ...wave, at: at(10), state: 'done' },
        w13: { ...wave, at: at(13), state: 'due', collected: 3 },
        w09: { ...wave, at: at(9), state: 'done' },
      },
      alerts: { x: anAlert({ rule: 'wave_at_risk', subject: 'w17', level: 'warn' }) },
    })
    expect(all.map((one) => [one.id, one.state])).toEqual([
      ['w09', 'fine'],
      ['w10', 'fine'],
      ['w13', 'breach'],
      ['w17', 'risk'],
    ])
    expect(pressingWave(all, Date.parse(at(14)))?.id).toBe('w13')
    expect(pressingWave(all, Date.parse(at(16)))?.id).toBe('w17')
    expect(pressingWave(all.slice(0, 2), Date.parse(at(16)))).toBeUndefined()
    expect(wavesShown(all, 3).map((one) => one.id)).toEqual(['w10', 'w13', 'w17'])
    expect(wavesShown(all.slice(0, 2), 3)).toHaveLength(2)
    expect(wavesShown(all, 9)).toHaveLength(4)
    expect(all.map(({ wave }) => told(wave).what)).toEqual(['onTime', 'onTime', 'collected', 'tracked'])
  })

  test('every clock of the view has its place; one that is switched off has none', () => {
    const clocks = {
      first_response: { open: 1, atRisk: 0, overdue: 2, metToday: 9, breachedToday: 1 },
      reply_wait: { open: 0, atRisk: 0, overdue: 0, metToday: 0, breachedToday: 0 },
      own_rule: { open: 1, atRisk: 1, overdue: 0, metToday: 0, breachedToday: 0 },
    }
    const cells = clockCells(clocks, false)
    expect(cells).toHaveLength(3)
    expect(cells[0]).toMatchObject({ rule: 'first_response', state: 'breach', rate: 0.9 })
    expect(cells.at(-1)).toMatchObject({ rule: 'own_rule', state: 'risk' })
    expect(cells[1]?.state).toBe('fine')
    expect(clockCells(clocks, true).map((cell) => cell.state)).toEqual(
      expect.arrayContaining(['breach', 'unknown', 'risk']),
    )
    expect(clockCells(clocks, true)[1]?.state).toBe('unknown')
  })

  test('a rate below the floor is a breach; how many misses it can still take', () => {
    const stateAt = (low: number, well: number) => (rate: number | undefined) => stateOfRate(rate, { low, well })
    expect([0.899, 0.9, 0.92, undefined].map(stateAt(0.9, 0.92))).toEqual(['breach', 'risk', 'fine', 'unknown'])
    expect([0.799, 0.8, 0.9].map(stateAt(0.8, 0.85))).toEqual(['breach', 'risk', 'fine'])
    const bounds = { low: 0.9, well: 0.92 }
    expect(spareMisses({ count: 100, met: 95 }, bounds)).toBe(5)
    expect(spareMisses({ count: 10, met: 9 }, bounds)).toBe(0)
    expect(spareMisses({ count: 100, met: 80 }, bounds)).toBe(-10)
    expect(spareMisses({ count: 100, met: 80 }, { low: 0.8, well: 0.85 })).toBe(0)
    expect(spareMisses({ count: 100, met: 0 }, { low: 0, well: 0.5 })).toBeUndefined()
  })

  test('a floor nobody hears of is unknown, not well', () => {
    const heard = { chat: { lastAt: at(0), silent: false } }
    const quiet = { erp: { lastAt: at(0), silent: true } }
    expect(overall(aView()).state).toBe('unknown')
    expect(overall(aView({ sources: heard })).state).toBe('fine')
    expect(overall(aView({ sources: { ...heard, ...quiet } }))).toMatchObject({ state: 'unknown', silent: ['erp'] })
    expect(overall(aView({ sources: heard, alertCounts: { pack: { warn: 2, breach: 0 } } })).state).toBe('risk')
  })
})
