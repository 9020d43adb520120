import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Checked, checkCommand, type FloorCommand } from '#core/commands.ts'
import { OWN_SOURCE, type RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { checkUndo, type DoneEvent } from '#core/undo.ts'
import { Chance } from '../support/chance.ts'

const START = Date.parse('2026-11-24T10:00:00+08:00')
const QUEUES = ['presales', 'aftersales']
const AGENTS = ['a1', 'a2', 'a3']
const CONVERSATIONS = ['c1', 'c2', 'c3', 'c4', 'c5']

/** A floor with three agents and five open conversations that nobody has yet. */
class Scene {
  readonly floor: Floor = createFloor({ shop: 'demo', name: 'Demo', timezone: 'Asia/Shanghai' })

  constructor() {
    for (const agent of AGENTS) {
      this.tell('agent.registered', agent, { name: agent, queues: QUEUES, capacity: 2 })
      this.tell('agent.status_changed', agent, { status: 'online' })
    }
    for (const [i, c] of CONVERSATIONS.entries()) this.tell('conversation.opened', c, { queue: QUEUES[i % 2] })
  }

  tell(type: string, subject: string, data: object): void {
    const at = START + this.floor.seq
    const place = { seq: this.floor.seq + 1, recordedAt: at, time: at, source: 'test', id: `e${this.floor.seq}` }
    apply(this.floor, { ...place, type, subject, data } as RecordedEvent)
  }

  /** Carries out what was checked. */
  do(checked: Checked): DoneEvent[] | undefined {
    if (!('events' in checked)) return undefined
    for (const { type, subject, data } of checked.events) this.tell(type, subject, data)
    return checked.events
  }

  holders(): Record<string, string | null> {
    return Object.fromEntries(CONVERSATIONS.map((c) => [c, this.floor.conversations.get(c)?.agent ?? null]))
  }

  /** What of the view commands can change. */
  shown() {
    const { queues, agents } = drawView(this.floor)
    const people = Object.entries(agents).map(([id, { since, reason, ...agent }]) => [id, agent])
    return { queues, people, holders: this.holders() }
  }
}

describe('[commands] two leads', () => {
  test('[commands] a thousand interleavings: nothing is lost, doubled or half-done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const chance = new Chance(seed)
        const scene = new Scene()
        // Each lead sees the floor as it was when they last looked.
        const seen = [scene.holders(), scene.holders()]
        for (let step = 0; step < 12; step++) {
          const lead = chance.whole(0, 1)
          if (chance.happens(0.4)) seen[lead] = scene.holders()
          const view = seen[lead] as Record<string, string | null>
          const picked = CONVERSATIONS.filter(() => chance.happens(0.4)).slice(0, 3)
          const commands = picked.map((conversation) => ({
            ...{ command: 'assign' as const, conversation, agent: AGENTS[chance.whole(0, 2)] as string },
            expectedAgent: view[conversation] ?? null,
          }))
          if (commands.length === 0) continue
          const before = scene.holders()
          const asSeen = picked.every((c) => before[c] === view[c])
          const done = scene.do(checkCommand(scene.floor, { command: 'together', commands, by: `lead ${lead}` }))
          expect(done !== undefined, 'done exactly when all was as it was seen').toBe(asSeen)
          const wanted = { ...before }
          if (asSeen) for (const { conversation, agent } of commands) wanted[conversation] = agent
          expect(scene.holders()).toEqual(wanted)
        }
        const { agents } = drawView(scene.floor)
        const carried = Object.values(scene.holders()).filter((agent) => agent !== null)
        for (const [id, { active }] of Object.entries(agents))
          expect(active).toBe(carried.filter((agent) => agent === id).length)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('[commands] together', () => {
  test('[commands] one that cannot be done keeps all from being done, and is named', () => {
    const { floor } = new Scene()
    const assign = (conversation: string, agent: string): FloorCommand & { command: 'assign' } => ({
      ...{ command: 'assign', conversation, agent },
    })
    const together = (...commands: FloorCommand[]) =>
      checkCommand(floor, { command: 'together', commands } as FloorCommand & { command: 'together' })
    expect(together(assign('c1', 'a1'), assign('c2', 'nobody'))).toEqual({
      invalid: 'commands[1].agent: no agent "nobody" is known',
    })
    expect(together(assign('c1', 'a1'), assign('c1', 'a2'))).toEqual({
      invalid: 'commands[1]: conversation "c1" is named twice',
    })
    expect(together(assign('c1', 'a1'), { ...assign('c2', 'a1'), expectedAgent: 'a3' })).toMatchObject({
      conflict: 'commands[1]: conversation "c2" has no agent now',
    })
  })
})

describe('[undo] what a command has done', () => {
  const commands: FloorCommand[] = [
    { command: 'assign', conversation: 'c1', agent: 'a1' },
    { command: 'assign', conversation: 'c2', agent: 'a3' },
    { command: 'return', conversation: 'c2' },
    { command: 'move_conversation', conversation: 'c1', queue: 'aftersales' },
    { command: 'move_agent', agent: 'a1', queues: ['aftersales'] },
    { command: 'set_status', agent: 'a1', status: 'away', reason: 'meal' },
    {
      command: 'together',
      commands: [
        { command: 'assign', conversation: 'c3', agent: 'a1' },
        { command: 'assign', conversation: 'c2', agent: 'a1' },
      ],
    },
  ]

  test.each(commands)('[undo] $command is put back, and the undoing can be undone', (command) => {
    const scene = new Scene()
    scene.do(checkCommand(scene.floor, { command: 'assign', conversation: 'c2', agent: 'a2' }))
    const before = scene.shown()
    const done = scene.do(checkCommand(scene.floor, command))
    const after = scene.shown()
    expect(after).not.toEqual(before)
    const undone = scene.do(checkUndo(scene.floor, done ?? [], 'lead'))
    expect(scene.shown()).toEqual(before)
    scene.do(checkUndo(scene.floor, undone ?? [], 'lead'))
    expect(scene.shown()).toEqual(after)
  })

  describe('[undo] to an alert', () => {
    const ID = 'first_response/conversation/c1'
    const at = START + 60_000
    /** A minute on nobody has answered. */
    function rung() {
      const scene = new Scene()
      advance(scene.floor, at)
      const id = [...scene.floor.alerts.all()].find(({ id }) => id.startsWith(ID))?.id as string
      let seq = scene.floor.seq
      const act = (checked: Checked): DoneEvent[] => {
        if (!('events' in checked)) throw new Error(JSON.stringify(checked))
        for (const { type, subject, data } of checked.events) {
          seq++
          const place = { seq, recordedAt: at + seq, time: at + seq, source: OWN_SOURCE, id: `o${seq}` }
          apply(scene.floor, { ...place, type, subject, data } as RecordedEvent)
        }
        return checked.events
      }
      const alert = () => {
        const { state, acknowledgedBy, snoozedUntil } = drawView(scene.floor).alerts[id] ?? {}
        return { state, acknowledgedBy, snoozedUntil }
      }
      return { floor: scene.floor, id, act, alert }
    }
    const later = new Date(at + 3_600_000).toISOString()

    test.each([
      ['nobody had', []],
      ['another had', [{ command: 'acknowledge', by: 'ann' }]],
      ['another had put off', [{ command: 'snooze', until: later, by: 'ann' }]],
    ] as const)('[undo] one that %s is as before: taken, handed on or put off', (_, before) => {
      for (const command of [
        { command: 'acknowledge', by: 'ben' },
        { command: 'hand_over', to: 'cem', by: 'ben' },
        { command: 'snooze', until: new Date(at + 60_000).toISOString(), by: 'ben' },
      ] as const) {
        const { floor, id, act, alert } = rung()
        for (const earlier of before) act(checkCommand(floor, { ...earlier, alert: id }))
        const was = alert()
        const done = act(checkCommand(floor, { ...command, alert: id }))
        const is = alert()
        expect(is).not.toEqual(was)
        const undone = act(checkUndo(floor, done, 'ben'))
        expect(alert()).toEqual(was)
        act(checkUndo(floor, undone, 'ben'))
        expect(alert()).toEqual(is)
      }
    })

    test('[undo] not where somebody else took it since, and not once it is resolved', () => {
      const { floor, id, act } = rung()
      const done = act(checkCommand(floor, { command: 'acknowledge', alert: id, by: 'ben' }))
      act(checkCommand(floor, { command: 'hand_over', alert: id, to: 'ann', by: 'cem' }))
      expect(checkUndo(floor, done, 'ben')).toMatchObject({ conflict: expect.stringContaining('changed since') })
      const resolved = act(checkCommand(floor, { command: 'resolve', alert: id, by: 'ann' }))
      expect(checkUndo(floor, resolved, 'ann')).toMatchObject({ invalid: expect.stringContaining('alert.resolved') })
      expect(checkUndo(floor, done, 'ben')).toMatchObject({ conflict: expect.stringContaining('no longer open') })
    })
  })

  test('[undo] not over what somebody did since, and nothing of it in part', () => {
    const scene = new Scene()
    const both = ['c1', 'c2'].map((conversation) => ({ command: 'assign' as const, conversation, agent: 'a1' }))
    const done = scene.do(checkCommand(scene.floor, { command: 'together', commands: both })) ?? []
    scene.do(checkCommand(scene.floor, { command: 'assign', conversation: 'c1', agent: 'a2' }))
    expect(checkUndo(scene.floor, done, 'lead')).toEqual({
      conflict: 'conversation "c1" has been changed since',
      now: { conversation: 'c1', open: true, agent: 'a2', queue: 'presales' },
    })
  })

  test('[undo] what is not known, or cannot be taken back, says so', () => {
    const { floor } = new Scene()
    expect(checkUndo(floor, [], 'lead')).toMatchObject({ invalid: expect.stringContaining('of: ') })
    const note = { type: 'note.added', subject: 'demo', data: { text: 'x' } }
    expect(checkUndo(floor, [note], 'lead')).toMatchObject({ invalid: expect.stringContaining('note.added') })
  })
})
