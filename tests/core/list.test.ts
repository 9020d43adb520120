import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView } from '#core/floor.ts'
import { listBehind } from '#core/list.ts'
import type { Floor } from '#core/state.ts'
import type { View } from '#core/view.ts'
import { HOUR } from '#core/zone.ts'
import { countAgents } from '../../web/wall/agentTiles.ts'
import { groupAlerts } from '../../web/wall/alertGroups.ts'
import { clockCells } from '../../web/wall/clockCells.ts'
import { overall } from '../../web/wall/overall.ts'
import { Chance } from '../support/chance.ts'
import { randomDay } from '../support/days.ts'
import { savedAndRead } from '../support/saved.ts'

/** Every figure of a view that can be opened, with what the view says. */
function figuresOf(view: View): Map<string, number> {
  const figures = new Map<string, number>()
  const put = (value: number, ...path: string[]) => figures.set(path.map(encodeURIComponent).join('/'), value)
  const score = ({ count, met }: { count: number; met: number }, ...path: string[]) => {
    put(count, ...path, 'count')
    put(met, ...path, 'met')
    put(count - met, ...path, 'missed')
  }
  for (const [id, queue] of Object.entries(view.queues)) {
    const { waiting, unassigned, awaitingReply, active, online, free, abandonedToday } = queue
    for (const [name, value] of Object.entries({ waiting, unassigned, awaitingReply, active, online, free }))
      put(value, 'queues', id, name)
    put(abandonedToday, 'queues', id, 'abandonedToday')
    score(queue.firstToday, 'queues', id, 'firstToday')
  }
  const queues = Object.values(view.queues)
  for (const name of ['waiting', 'unassigned', 'awaitingReply', 'active'] as const)
    put(
      queues.reduce((sum, queue) => sum + queue[name], 0),
      'conversations',
      name,
    )
  for (const which of ['first', 'reply'] as const) {
    score(view.response[which].today, 'response', which, 'today')
    score(view.response[which].recent, 'response', which, 'recent')
  }
  const agents = Object.entries(view.agents)
  for (const [id, agent] of agents) {
    const { active, awaitingReply, autoReplies } = agent
    for (const [name, value] of Object.entries({ active, awaitingReply, autoReplies })) put(value, 'agents', id, name)
    score(agent.firstToday, 'agents', id, 'firstToday')
  }
  for (const status of ['online', 'busy', 'away', 'offline'])
    put(agents.filter(([, agent]) => agent.status === status).length, 'status', status)
  const { free, full, autoReply } = countAgents(view.agents)
  for (const [name, value] of Object.entries({ free, full, autoReply })) put(value, 'status', name)
  for (const state of ['out', 'low'])
    put(Object.values(view.stock).filter((sku) => sku.state === state).length, 'stock', state)
  for (const [id, { orders, packed, tracked, collected, onTime }] of Object.entries(view.pickups)) {
    const counts = { orders, packed, tracked, collected, onTime, untracked: orders - tracked }
    for (const [name, value] of Object.entries({ ...counts, uncollected: orders - collected }))
      put(value, 'pickups', id, name)
  }
  for (const [id, counts] of Object.entries(view.clocks))
    for (const [name, value] of Object.entries({ ...counts, decidedToday: counts.metToday + counts.breachedToday }))
      put(value, 'clocks', id, name)
  for (const name of ['open', 'atRisk', 'overdue', 'metToday', 'breachedToday'] as const)
    put(total(view.clocks, name), 'clocks', 'all', name)
  const cells = clockCells(view.clocks, overall(view).heard === 0)
  for (const state of ['breach', 'risk', 'unknown', 'fine'])
    put(cells.filter((cell) => cell.state === state).length, 'rules', state)
  for (const { rule, breach, warn, open } of groupAlerts(view)) {
    put(breach + warn, 'alerts', rule)
    put(open.breach + open.warn, 'alerts', rule, 'open')
  }
  for (const [id, { warn, breach }] of Object.entries(view.alertCounts)) {
    put(warn, 'alerts', id, 'warn')
    put(breach, 'alerts', id, 'breach')
    put(breach, 'alertCounts', id, 'breach')
  }
  put(total(view.alertCounts, 'warn'), 'alerts', 'all', 'warn')
  put(total(view.alertCounts, 'breach'), 'alerts', 'all', 'breach')
  const sources = Object.values(view.sources)
  put(sources.length, 'sources', 'all')
  put(sources.filter(({ silent }) => silent).length, 'sources', 'silent')
  return figures
}

const total = <K extends string>(all: Record<string, Record<K, number>>, name: K) =>
  Object.values(all).reduce((sum, one) => sum + one[name], 0)

/** The answers behind a median and a 90th percentile: what the view says of them follows from their rows. */
function expectPercentiles(floor: Floor, view: View): void {
  for (const which of ['first', 'reply'] as const)
    for (const span of ['today', 'recent'] as const) {
      const list = listBehind(floor, `response/${which}/${span}/answers`)
      const took = (list?.rows ?? []).map(({ tookMs }) => tookMs ?? 0).sort((a, b) => a - b)
      expect(took).toHaveLength(list?.count ?? -1)
      const { p50Ms, p90Ms } = view.response[which][span]
      for (const [said, share] of [
        [p50Ms, 0.5],
        [p90Ms, 0.9],
      ] as const) {
        const rank = took[Math.ceil(share * took.length) - 1]
        if (rank === undefined) expect(said).toBeUndefined()
        else expect(Math.abs((said ?? 0) - rank), `${which} ${span} ${share}`).toBeLessThanOrEqual(rank * 0.01)
      }
    }
}

describe('[list] the list behind a figure', () => {
  test('[list] has as many rows as the figure says, at any instant of any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const day = randomDay(seed)
        const chance = new Chance(seed ^ 0x2545f491)
        const live = createFloor(day.config)
        let next = chance.whole(0, 40)
        for (const [i, event] of day.events.entries()) {
          apply(live, event)
          if (i < next) continue
          next = i + chance.whole(1, 120)
          const until = day.events[i + 1]?.recordedAt ?? event.recordedAt + 30 * HOUR
          const floor = savedAndRead(live)
          advance(floor, chance.whole(event.recordedAt, Math.max(event.recordedAt, until - 1)))
          const view = drawView(floor)
          for (const [figure, value] of figuresOf(view))
            expect(listBehind(floor, figure)?.count, `${figure} at ${view.at}`).toBe(value)
          for (const state of ['breach', 'risk', 'unknown', 'fine'])
            for (const { figure, count } of listBehind(floor, `rules/${state}`)?.rows ?? [])
              expect(listBehind(floor, figure ?? '')?.count ?? 0, `${figure} at ${view.at}`).toBe(count)
          expectPercentiles(floor, view)
          expect(drawView(floor), 'a look changes nothing').toEqual(view)
        }
      }),
      { numRuns: 12 },
    )
  })

  test('[list] of more conversations than are listed, those in which somebody waits are', () => {
    const floor = createFloor({ shop: 's', name: 's', timezone: 'Asia/Shanghai' })
    const noon = Date.parse('2026-11-24T04:00:00.000Z')
    const tell = (type: string, subject: string, data: object, time: number) => {
      const seq = floor.seq + 1
      apply(floor, { id: `e${seq}`, source: 'chat', type, subject, time, data, seq, recordedAt: noon } as RecordedEvent)
    }
    for (let i = 0; i < 600; i++) {
      const id = `c${String(i).padStart(3, '0')}`
      tell('conversation.opened', id, { queue: 'presales' }, noon - HOUR + i)
      if (i < 595) tell('message.sent', id, {}, noon - HOUR + i + 10_000)
    }
    advance(floor, noon)
    const { count, rows = [] } = listBehind(floor, 'conversations/active') ?? {}
    expect([count, rows.length]).toEqual([600, 500])
    expect(rows.slice(0, 6).map(({ subject, waits }) => [subject, waits])).toEqual([
      ...['c595', 'c596', 'c597', 'c598', 'c599'].map((id) => [id, true]),
      ['c000', undefined],
    ])
  })

  test('[list] of what was decided, what was missed comes before what was in time', () => {
    const floor = createFloor({ shop: 's', name: 's', timezone: 'Asia/Shanghai' })
    const noon = Date.parse('2026-11-24T04:00:00.000Z')
    const answered = (subject: string, opened: number, sent: number) =>
      [
        ['conversation.opened', subject, noon + opened, { queue: 'presales' }],
        ['message.sent', subject, noon + sent, { agent: 'a1' }],
      ] as const
    const told = [...answered('c1', 0, 10_000), ...answered('c2', 20_000, 90_000), ...answered('c3', 100_000, 105_000)]
    for (const [i, [type, subject, time, data]] of told.entries())
      apply(floor, {
        seq: i + 1,
        recordedAt: time,
        time,
        source: 's',
        id: `${i}`,
        type,
        subject,
        data,
      } as RecordedEvent)
    const rows = listBehind(floor, 'response/first/today/count')?.rows ?? []
    expect(rows.map(({ subject, state }) => [subject, state])).toEqual([
      ['c2', 'breached'],
      ['c1', 'met'],
      ['c3', 'met'],
    ])
  })

  test('[list] of what there is not is nothing', () => {
    const floor = createFloor(randomDay(1).config)
    for (const figure of [
      '',
      'queues',
      'queues/none/waiting',
      'clocks/none/open',
      'clocks/pack/none',
      '%',
      'alerts/x/y',
      'rules/none',
    ])
      expect(listBehind(floor, figure), figure).toBeUndefined()
  })
})
