import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Checked, type CommandEvent, checkCommand, type FloorCommand } from '#core/commands.ts'
import { OWN_SOURCE, type RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { checkUndo, type DoneEvent } from '#core/undo.ts'
import { Chance } from '../support/chance.ts'
import { savedAndRead } from '../support/saved.ts'

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
    return asDone(checked.events, this.floor.seq)
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

/** Instants are written for people and programs, and what is not there is left out. */
function expectWritten(events: readonly { data: object }[]): void {
  const text = JSON.stringify(events.map(({ data }) => data))
  expect(text).not.toMatch(/:null|Until":\d/)
}

/** Events as the log holds them, the last under a seq. */
const asDone = (events: readonly CommandEvent[], head: number): DoneEvent[] =>
  events.map((event, i) => ({ id: `o${head - events.length + i + 1}`, ...event }))

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
            command: 'assign' as const,
            conversation,
            agent: AGENTS[chance.whole(0, 2)] as string,
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
      command: 'assign',
      conversation,
      agent,
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
        return asDone(checked.events, seq)
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
    ] as const)('[undo] one that %s is as before: taken, handed on, put off or resolved', (_, before) => {
      for (const command of [
        { command: 'acknowledge', by: 'ben' },
        { command: 'hand_over', to: 'cem', by: 'ben' },
        { command: 'snooze', until: new Date(at + 60_000).toISOString(), by: 'ben' },
        { command: 'resolve', note: 'called back', by: 'ben' },
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
        expectWritten([...done, ...undone])
      }
    })

    test('[undo] one that was resolved is as it was after a restart too, and its snooze goes on', () => {
      const { floor, id, act } = rung()
      act(checkCommand(floor, { command: 'snooze', alert: id, until: later, by: 'ann' }))
      const was = drawView(floor).alerts[id]
      const done = act(checkCommand(floor, { command: 'resolve', alert: id, note: 'called back', by: 'ben' }))
      const restarted = savedAndRead(floor)
      const checked = checkUndo(restarted, done, 'ben')
      expect(checked).toEqual(checkUndo(floor, done, 'ben'))
      if (!('events' in checked)) throw new Error(JSON.stringify(checked))
      const place = { seq: floor.seq + 1, recordedAt: floor.now + 1, time: floor.now + 1, source: OWN_SOURCE, id: 'o' }
      for (const one of [floor, restarted]) apply(one, { ...place, ...checked.events[0] } as RecordedEvent)
      expect(drawView(floor).alerts[id]).toEqual(was)
      for (const until of [Date.parse(later) - 1, Date.parse(later)]) {
        for (const one of [floor, restarted]) advance(one, until)
        expect(drawView(restarted)).toEqual(drawView(floor))
        expect(drawView(restarted).alerts[id]?.state).toBe(until < Date.parse(later) ? 'snoozed' : 'open')
      }
    })

    test('[undo] one whose snooze ended while it was resolved is taken up awake', () => {
      const { floor, id, act, alert } = rung()
      act(checkCommand(floor, { command: 'snooze', alert: id, until: new Date(at + 1_000).toISOString(), by: 'ann' }))
      const done = act(checkCommand(floor, { command: 'resolve', alert: id, by: 'ben' }))
      advance(floor, at + 5_000)
      const [event] = (checkUndo(floor, done, 'ben') as { events: CommandEvent[] }).events
      const place = { seq: floor.seq + 1, recordedAt: floor.now + 1, time: floor.now + 1, source: OWN_SOURCE, id: 'o' }
      apply(floor, { ...place, ...event } as RecordedEvent)
      expect(alert()).toEqual({ state: 'open', acknowledgedBy: undefined, snoozedUntil: undefined })
    })

    test('[undo] one that was resolved is not taken up once it is over, or rang anew, or by half', () => {
      const { floor, id, act } = rung()
      const done = act(checkCommand(floor, { command: 'resolve', alert: id, by: 'ann' }))
      const undone = act(checkUndo(floor, done, 'ann'))
      expect(checkUndo(floor, done, 'ann')).toMatchObject({ conflict: expect.stringContaining('changed since') })
      act(checkCommand(floor, { command: 'acknowledge', alert: id, by: 'ben' }))
      expect(checkUndo(floor, undone, 'ann')).toMatchObject({ conflict: expect.stringContaining('changed since') })
      const again = act(checkCommand(floor, { command: 'resolve', alert: id, by: 'ben' }))
      expect(checkUndo(floor, done, 'ann'), 'another resolved it since').toMatchObject({
        conflict: expect.stringContaining('changed since'),
      })
      const place = { seq: floor.seq + 1, recordedAt: floor.now + 1, time: floor.now + 1, source: 'test', id: 'x' }
      apply(floor, { ...place, type: 'message.sent', subject: 'c1', data: { agent: 'a1' } } as RecordedEvent)
      expect(checkUndo(floor, again, 'ben')).toMatchObject({ conflict: expect.stringContaining('is over') })
    })

    test('[undo] not where somebody else took it since, and not once it is resolved', () => {
      const { floor, id, act } = rung()
      const done = act(checkCommand(floor, { command: 'acknowledge', alert: id, by: 'ben' }))
      act(checkCommand(floor, { command: 'hand_over', alert: id, to: 'ann', by: 'cem' }))
      expect(checkUndo(floor, done, 'ben')).toMatchObject({ conflict: expect.stringContaining('changed since') })
      act(checkCommand(floor, { command: 'resolve', alert: id, by: 'ann' }))
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
    const configured = { id: 'e1', type: 'shop.configured', subject: 'demo', data: { name: 'x' } }
    expect(checkUndo(floor, [configured], 'lead')).toMatchObject({
      invalid: expect.stringContaining('shop.configured'),
    })
  })

  test('[undo] a conversation that was nobody’s goes back to nobody, also by what an earlier release wrote', () => {
    const scene = new Scene()
    for (const was of [{}, { agent: null }]) {
      const [nobodys] = Object.entries(scene.holders()).find(([, agent]) => agent === null) as [string, null]
      const assign = { command: 'assign', conversation: nobodys, agent: 'a2', by: 'ann' } as const
      const done = scene.do(checkCommand(scene.floor, assign)) ?? []
      expectWritten(done)
      expect(done[0]?.data.was).toEqual({})
      const undone = scene.do(
        checkUndo(scene.floor, [{ ...(done[0] as DoneEvent), data: { ...done[0]?.data, was } }], 'ann'),
      )
      expect(undone).toMatchObject([{ type: 'conversation.returned', data: { was: { agent: 'a2' } } }])
      expect(scene.holders()[nobodys]).toBeNull()
    }
  })

  test('[undo] a note is taken back, once, and can be noted anew', () => {
    const scene = new Scene()
    const noted = scene.do(checkCommand(scene.floor, { command: 'note', text: 'Busy', by: 'ann' })) ?? []
    const withdrawn = scene.do(checkUndo(scene.floor, noted, 'ben')) ?? []
    expect(withdrawn).toMatchObject([
      { type: 'note.added', data: { text: 'Busy', withdrawn: true, was: { id: noted[0]?.id }, by: 'ben' } },
    ])
    const again = noted.map((event) => ({ ...event, withdrawn: true }))
    expect(checkUndo(scene.floor, again, 'ben')).toMatchObject({ conflict: expect.stringContaining('already') })
    expect(checkUndo(scene.floor, withdrawn, 'ben')).toEqual({
      events: [{ type: 'note.added', subject: 'demo', data: { text: 'Busy', by: 'ben' } }],
    })
  })
})
