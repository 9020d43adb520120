import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCommand, type FloorCommand, type SingleCommand } from '#core/commands.ts'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { forecast, type QueueForecast } from '#core/forecast.ts'
import { happensNext } from '#core/next.ts'
import { spread, suggest } from '#core/suggest.ts'
import type { View } from '#core/view.ts'
import { Chance } from '../support/chance.ts'
import { randomDay } from '../support/days.ts'

const START = Date.parse('2026-11-24T10:00:00+08:00')

function tell(floor: Floor, at: number, type: string, subject: string, data: object): void {
  const place = { seq: floor.seq + 1, recordedAt: at, time: at, source: 'test', id: `x${floor.seq}` }
  apply(floor, { ...place, type, subject, data } as RecordedEvent)
}

function carryOut(floor: Floor, command: FloorCommand): void {
  const checked = checkCommand(floor, command)
  if (!('events' in checked)) throw new Error(JSON.stringify(checked))
  const at = floor.now + 1
  for (const { type, subject, data } of checked.events) tell(floor, at, type, subject, data)
}

const queueOf = ({ queues }: View, id: string): QueueForecast => {
  const { online, free, waiting, unassigned } = queues[id] as View['queues'][string]
  return { online, free, waiting, unassigned }
}

function randomCommand(chance: Chance, floor: Floor): FloorCommand | undefined {
  const pick = <T>(things: readonly T[]) => things[chance.whole(0, things.length - 1)]
  const open = [...floor.conversations.values()].filter((c) => c.open).map(({ id }) => id)
  const [agents, queues] = [[...floor.agents.keys()], [...floor.queues.keys()]]
  const single = (conversation: string | undefined): SingleCommand | undefined => {
    const [agent, queue] = [pick(agents), pick(queues)]
    if (agent === undefined || queue === undefined) return undefined
    const status = pick(['online', 'busy', 'away', 'offline'] as const) ?? 'online'
    if (conversation === undefined || chance.happens(0.2)) return { command: 'set_status', agent, status }
    if (chance.happens(0.2)) return { command: 'move_agent', agent, queues: queues.filter(() => chance.happens(0.5)) }
    if (chance.happens(0.2)) return { command: 'move_conversation', conversation, queue }
    if (floor.conversations.get(conversation)?.agent !== undefined && chance.happens(0.3))
      return { command: 'return', conversation }
    return { command: 'assign', conversation, agent }
  }
  if (chance.happens(0.5)) return single(pick(open))
  const commands = open
    .filter(() => chance.happens(0.5))
    .map((conversation): SingleCommand => ({ command: 'assign', conversation, agent: pick(agents) ?? '' }))
  return commands.length === 0 || agents.length === 0
    ? undefined
    : { command: 'together', commands: commands.slice(0, 100) }
}

describe('[forecast] what a command will do', () => {
  test('[forecast] is what it then does, on random days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const day = randomDay(seed)
        const chance = new Chance(seed ^ 0x1234567)
        const floor = createFloor(day.config)
        for (const event of day.events.slice(0, chance.whole(1, day.events.length))) apply(floor, event)
        for (let i = 0; i < 5; i++) {
          const command = randomCommand(chance, floor)
          if (command === undefined) return
          const told = forecast(floor, command)
          if (!('agents' in told)) throw new Error(JSON.stringify(told))
          const before = drawView(floor)
          carryOut(floor, command)
          const after = drawView(floor)
          const loads = new Map(told.agents.map(({ agent, ...load }) => [agent, load]))
          for (const [id, { active }] of Object.entries(after.agents)) {
            expect(loads.get(id)?.before ?? active, id).toBe(before.agents[id]?.active ?? 0)
            expect(loads.get(id)?.after ?? active, id).toBe(active)
          }
          const queues = new Map(told.queues.map(({ queue, ...change }) => [queue, change]))
          for (const id of Object.keys(after.queues)) {
            const unchanged = queueOf(after, id)
            expect(queues.get(id)?.before ?? unchanged, id).toEqual(queueOf(before, id))
            expect(queues.get(id)?.after ?? unchanged, id).toEqual(queueOf(after, id))
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** Two who are free, one who is away with a customer, and three customers whom nobody has. */
function scene(): Floor {
  const floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })
  const agent = (id: string, status: string, more: object = {}) => {
    tell(floor, START, 'agent.registered', id, { name: id, queues: ['presales'], capacity: 2, ...more })
    tell(floor, START, 'agent.status_changed', id, { status })
  }
  agent('free', 'online')
  agent('senior', 'online', { tier: 'senior' })
  agent('gone', 'away')
  agent('other', 'online', { queues: ['aftersales'] })
  for (const [i, id] of ['c1', 'c2', 'c3'].entries())
    tell(floor, START + i + 1, 'conversation.opened', id, { queue: 'presales' })
  tell(floor, START + 10, 'conversation.assigned', 'c1', { agent: 'gone' })
  return floor
}

describe('[forecast] in words', () => {
  test('[forecast] what it helps, and what it makes worse', () => {
    const floor = scene()
    const assign = (conversation: string, agent: string): SingleCommand => ({ command: 'assign', conversation, agent })
    const commands = [assign('c1', 'free'), assign('c2', 'free'), assign('c3', 'free')]
    expect(forecast(floor, { command: 'together', commands })).toMatchObject({
      agents: [
        { agent: 'free', before: 0, after: 3, capacity: 2 },
        { agent: 'gone', before: 1, after: 0 },
      ],
      warns: [{ code: 'over_capacity', agent: 'free', active: 3, capacity: 2 }],
    })
    expect(forecast(floor, assign('c1', 'senior'))).toMatchObject({
      helps: [
        { code: 'gives_free_agent', count: 1 },
        { code: 'can_be_met', count: 1 },
      ],
      warns: [],
    })
    expect(forecast(floor, assign('c2', 'gone'))).toMatchObject({
      warns: [{ code: 'not_online', agent: 'gone', status: 'away' }],
    })
    expect(forecast(floor, { command: 'set_status', agent: 'other', status: 'away' })).toMatchObject({
      warns: [{ code: 'leaves_queue_empty', queue: 'aftersales', waiting: 0 }],
    })
    advance(floor, START + 60_000)
    expect(forecast(floor, assign('c2', 'free'))).toMatchObject({ warns: [{ code: 'already_overdue', count: 1 }] })
  })
})

describe('[suggest] who had best take it', () => {
  test('[suggest] those of its queue who are free, by load and tier, with the reasons; never who has it', () => {
    const floor = scene()
    const found = suggest(floor, 'c2')
    expect(found?.candidates.map(({ agent }) => agent)).toEqual(['senior', 'free'])
    expect(found?.candidates[0]?.reasons).toEqual([
      { code: 'in_queue', queue: 'presales' },
      { code: 'room', active: 0, capacity: 2 },
      { code: 'tier', tier: 'senior' },
    ])
    expect(suggest(floor, 'c9')).toBeUndefined()
  })

  test('[spread] the longest waiting first, evenly, nobody above capacity', () => {
    const floor = scene()
    const taken = spread(floor, ['c3', 'c2', 'c1']).map(
      (one) => one.command === 'assign' && `${one.conversation} ${one.agent}`,
    )
    expect(taken).toEqual(['c1 senior', 'c2 free', 'c3 senior'])
    expect(spread(floor, ['c1'], ['free'])).toMatchObject([{ agent: 'free', expectedAgent: 'gone' }])
    expect(spread(floor, ['c1'], ['gone'])).toEqual([])
  })
})

describe('[next] what happens next', () => {
  test('[next] what will breach within five minutes, and the move that saves most of it', () => {
    const next = happensNext(scene(), 300_000)
    expect(next.breaches.map(({ subject, rule }) => `${subject} ${rule}`)).toContain('c1 first_response')
    expect(next.move).toMatchObject({ saves: 3, command: { command: 'together' } })
  })

  test('[next] an order that is called as a conversation is moves nobody', () => {
    const floor = createFloor({ shop: 's', name: 's', timezone: 'Asia/Shanghai' })
    tell(floor, START, 'agent.registered', 'free', { name: 'Free', queues: ['presales'] })
    tell(floor, START, 'agent.status_changed', 'free', { status: 'online' })
    tell(floor, START, 'conversation.opened', '7', { queue: 'presales' })
    tell(floor, START + 1_000, 'message.sent', '7', {})
    tell(floor, START + 1_000, 'order.placed', '7', {})
    advance(floor, START + 26 * 60_000)
    const next = happensNext(floor, 300_000)
    expect(next.breaches.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['order 7'])
    expect(next.move).toBeUndefined()
  })
})
