import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AgentDay } from '#core/agentDay.ts'
import type { FloorCommand, SingleCommand } from '#core/commands.ts'
import { ownEventData, sourceEventData } from '#core/events.ts'
import type { View } from '#core/view.ts'
import { ageOf } from '../../web/lead/age.ts'
import { commandTitle } from '../../web/lead/commandTitle.ts'
import { axisOf, covered, spansOf, stepsOf } from '../../web/lead/day.ts'
import { EVENTS_ZH } from '../../web/lead/events.zh.ts'
import { FIELDS } from '../../web/lead/fields.ts'
import { en } from '../../web/lead/texts.en.ts'
import { zh } from '../../web/lead/texts.zh.ts'
import { fieldValue } from '../../web/lead/words.svelte.ts'

describe('[desk] words', () => {
  test('[desk] every text has the same places to fill in both languages', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(places(en[key]), key).toEqual(places(zh[key]))
  })

  test.each([
    ['server/core/remark.ts', 'remark.'],
    ['server/core/story.ts', 'why.'],
  ])('[desk] every code of %s has words', (file, prefix) => {
    const codes = [...readFileSync(file, 'utf8').matchAll(/\{ code: '(\w+)'[^}]*\}\s*(?:\/\*\*|\||$)/gm)].map(
      ([, code]) => code,
    )
    expect(codes.length).toBeGreaterThan(5)
    for (const code of codes) expect(Object.keys(zh)).toContain(prefix + code)
  })

  test('[desk] every event has a name in Chinese', () => {
    expect(Object.keys(EVENTS_ZH).sort()).toEqual(Object.keys({ ...sourceEventData, ...ownEventData }).sort())
  })
})

test('[list] an age goes on while nobody has answered, also past the due instant', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second)).toISOString()
  const row = { kind: 'conversation', subject: 'c1', since: at(0), dueAt: at(30) } as const
  const now = Date.parse(at(50))
  expect(ageOf({ ...row, state: 'open' }, now)).toBe(50_000)
  expect(ageOf({ ...row, state: 'overdue', decidedAt: at(30), lateMs: 20_000 }, now)).toBe(50_000)
  expect(ageOf({ ...row, state: 'breached', decidedAt: at(30), lateMs: 12_000 }, now)).toBe(42_000)
  expect(ageOf({ ...row, state: 'met', decidedAt: at(9) }, now)).toBe(9_000)
  expect(ageOf({ kind: 'sku', subject: 's1' }, now)).toBeUndefined()
})

describe('[desk] what is about to be done, or was', () => {
  const agents = { a1: { name: '林秋' }, a2: { name: '何欣悦' } } as unknown as View['agents']
  const alerts = { x: { rule: 'pack' }, y: { rule: 'pack' } } as unknown as View['alerts']
  const assign = (conversation: string, agent: string) => ({ command: 'assign', conversation, agent }) as const
  const together = (...commands: SingleCommand[]) => ({ command: 'together', commands }) as const

  test.each<[FloorCommand, string]>([
    [assign('c1', 'a1'), 'c1 → 林秋'],
    [together(assign('c1', 'a1'), assign('c2', 'a1')), '会话 × 2 · c1、c2 → 林秋'],
    [together(assign('c1', 'a1'), assign('c2', 'a2')), '会话 × 2 · c1、c2'],
    [together(...['c1', 'c2', 'c3', 'c4'].map((c) => assign(c, 'a1'))), '会话 × 4 · c1、c2、c3… → 林秋'],
    [{ command: 'return', conversation: 'c1' }, 'c1 → 队列'],
    [{ command: 'set_status', agent: 'a1', status: 'busy' }, '林秋 → busy'],
    [{ command: 'move_agent', agent: 'gone', queues: ['vip', 'presales'] }, 'gone → vip、presales'],
    [{ command: 'acknowledge', alert: 'x' }, 'pack'],
    [together({ command: 'acknowledge', alert: 'x' }, { command: 'acknowledge', alert: 'y' }), 'pack × 2'],
    [{ command: 'resolve', alert: 'resolved already' }, ''],
  ])('[desk] %j is called %s', (command, title) => {
    expect(commandTitle(command, { agents, alerts })).toBe(title)
  })
})

describe('[desk] the words of a story', () => {
  test('[desk] every field that an event may have is named in both languages', () => {
    const fields = Object.values({ ...sourceEventData, ...ownEventData }).flatMap(({ shape }) => Object.keys(shape))
    expect(fields.filter((field) => FIELDS[field]?.length !== 2)).toEqual([])
  })

  test('[desk] values of the contract are said in words, names of the shop as they are', () => {
    const nameOf = (agent: string) => (agent === 'a1' ? '小林' : agent)
    expect(fieldValue('agent', 'a1', nameOf)).toBe('小林')
    expect(fieldValue('paid', false, nameOf)).toBe('否')
    expect(fieldValue('destination', 'same_city', nameOf)).toBe('同城')
    expect(fieldValue('queues', ['vip', 'x'], nameOf)).toBe('vip, x')
    expect(fieldValue('lines', [{ sku: 's1', qty: 2 }], nameOf)).toBe('s1 ×2')
    expect(fieldValue('trackingNumber', 'return', nameOf)).toBe('return')
  })
})

describe('[agent] the picture of a day', () => {
  const day: AgentDay = {
    agent: 'a1',
    name: 'a1',
    queues: [],
    seq: 1,
    at: '2026-11-24T12:00:00.000Z',
    dayStart: '2026-11-24T00:00:00.000Z',
    statuses: [
      { from: '2026-11-23T18:00:00.000Z', to: '2026-11-24T08:30:00.000Z', status: 'offline' },
      { from: '2026-11-24T08:30:00.000Z', status: 'online' },
    ],
    load: [
      { at: '2026-11-24T00:00:00.000Z', active: 0 },
      { at: '2026-11-24T10:00:00.000Z', active: 2 },
    ],
    autoReplies: [],
    responses: [],
    breaches: [],
    moves: [],
    breaks: [],
  }
  const hours = (at: string) => (Date.parse(at) - axisOf(day).from) / 3_600_000

  test('[agent] begins with the hour in which they came', () => {
    expect(new Date(axisOf(day).from).toISOString()).toBe('2026-11-24T08:00:00.000Z')
    expect(axisOf(day).hours).toHaveLength(4)
    expect(spansOf(day.statuses, day).map(({ from, to }) => [hours(from), hours(to)])).toEqual([
      [0, 0.5],
      [0.5, 4],
    ])
  })

  test('[agent] what covers today, and the load level until it changes', () => {
    expect(covered(day.statuses.slice(1), day)).toBe(3.5 * 3_600_000)
    expect(stepsOf(day, hours, (active) => active)).toBe('M0.0 0.0H2.0V2.0H4.0')
  })
})
