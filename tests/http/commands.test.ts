import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED_TEXT } from '#server/http/badText.ts'
import { EXPECTED_INSTANT } from '#server/instant.ts'
import { cloudEvent, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let lead: string
beforeAll(async () => {
  server = await startTestServer()
  await server.makeShop('floor')
  lead = await server.makeKey(['command', 'read'], 'floor')
  const agents = ['a1', 'a2'].flatMap((agent) => [
    cloudEvent('agent.registered', agent, { name: agent, queues: ['presales'] }),
    cloudEvent('agent.status_changed', agent, { status: 'online' }),
  ])
  const conversations = Array.from({ length: 20 }, (_, i) =>
    cloudEvent('conversation.opened', `c${i}`, { queue: 'presales' }),
  )
  await server.send('floor', [...agents, ...conversations])
})
afterAll(() => server.close())

const command = (body: object) => server.ask('POST', '/api/shops/floor/commands', { key: lead, body })
const last = async () => (await server.ask('GET', '/api/shops/floor/events?limit=1000')).json.events.at(-1)

describe('[commands] acting', () => {
  test('[commands] writes an ordinary event that names who did it', async () => {
    const { status, json } = await command({ command: 'assign', conversation: 'c0', agent: 'a1' })
    expect(status).toBe(200)
    expect(await last()).toMatchObject({
      seq: json.seq,
      source: 'floorwatch',
      type: 'conversation.assigned',
      subject: 'c0',
      data: { agent: 'a1', by: 'key for command read' },
    })
    expect((await server.view('floor')).agents.a1).toMatchObject({ active: 1 })
  })

  test('[commands] the same id again: the same answer, done once, even when both come at once', async () => {
    const asked = { command: 'assign', conversation: 'c1', agent: 'a1', id: 'once' }
    const answers = await Promise.all([command(asked), command(asked), command(asked)])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    const again = await command({ ...asked, agent: 'a2' })
    expect(again.text).toBe(answers[0]?.text)
    expect((await last()).seq).toBe(answers[0]?.json.seq)
  })

  test('[commands] a refusal under an id stays a refusal', async () => {
    const asked = { command: 'assign', conversation: 'c1', agent: 'a2', expectedAgent: 'a2', id: 'refused' }
    expect((await command(asked)).status).toBe(409)
    await command({ command: 'assign', conversation: 'c1', agent: 'a2' })
    expect((await command(asked)).status).toBe(409)
  })

  test('[commands] when the world has changed: 409 with what is true now', async () => {
    await command({ command: 'assign', conversation: 'c2', agent: 'a1' })
    const answer = await command({ command: 'return', conversation: 'c2', expectedAgent: 'a2' })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json.now).toMatchObject({ conversation: 'c2', agent: 'a1' })
  })

  test('[commands] returning what nobody has: 409 with the conversation as it stands', async () => {
    await command({ command: 'return', conversation: 'c4' })
    const again = await command({ command: 'return', conversation: 'c4' })
    expect(again).toMatchObject({
      status: 409,
      json: { now: { conversation: 'c4', open: true, queue: 'presales' } },
    })
    expect(again.json.now).not.toHaveProperty('agent')
  })

  test('[commands] of many leads who take one conversation, one wins', async () => {
    await command({ command: 'assign', conversation: 'c3', agent: 'a1' })
    const takes = Array.from({ length: 10 }, () =>
      command({ command: 'assign', conversation: 'c3', agent: 'a2', expectedAgent: 'a1' }),
    )
    const statuses = (await Promise.all(takes)).map(({ status }) => status).sort()
    expect(statuses).toEqual([200, ...Array(9).fill(409)])
  })

  test.each([
    ['an unknown conversation', { command: 'assign', conversation: 'nobody', agent: 'a1' }, 422],
    ['an unknown agent', { command: 'assign', conversation: 'c4', agent: 'nobody' }, 422],
    ['snoozing into the past', { command: 'snooze', alert: 'x', until: '2020-01-01T00:00:00Z' }, 422],
    ['an alert that is gone', { command: 'acknowledge', alert: 'pack/order/o1' }, 409],
    ['an alert that never was', { command: 'acknowledge', alert: 'nope' }, 422],
    ['an unknown command', { command: 'dance' }, 422],
    ['a missing field', { command: 'assign', conversation: 'c4' }, 422],
  ])('[commands] %s', async (_what, body, status) => {
    expect((await command(body)).status).toBe(status)
  })

  test('[commands] what is wrong is said in words of ours, once', async () => {
    const { json } = await command({ command: 'dance' })
    expect(json.errors).toEqual([
      { field: 'command', detail: expect.stringMatching(/^expected one of assign, .*, undo$/) },
    ])
    expect((await command({ command: 'snooze', alert: 'x', until: 'soon' })).json.errors).toEqual([
      { field: 'until', detail: EXPECTED_INSTANT },
    ])
    const list = await server.ask('POST', '/api/shops/floor/commands', { key: lead, body: '[]' })
    expect(list.json.detail).toBe('The command: expected object')
  })

  test.each([
    ['NUL', 'a\\u0000b'],
    ['half a character', '\\ud83d'],
  ])('[commands] text with %s is refused by name, and the history of alerts goes on', async (_what, text) => {
    for (const [field, body] of [
      ['note', `{"command":"resolve","alert":"stock_out/sku/s/1","note":"${text}"}`],
      ['text', `{"command":"note","text":"${text}"}`],
      ['by', `{"command":"note","text":"fine","by":"${text}"}`],
    ] as const) {
      const { status, json } = await server.ask('POST', '/api/shops/floor/commands', { key: lead, body })
      expect([status, json.errors]).toEqual([400, [{ field, detail: EXPECTED_TEXT }]])
    }
    expect((await server.ask('GET', '/api/shops/floor/alerts')).status).toBe(200)
  })

  test('[commands] a body that is too large or no JSON', async () => {
    expect((await command({ command: 'note', text: 'x'.repeat(70_000) })).status).toBe(413)
    const broken = { key: lead, body: '{' }
    expect((await server.ask('POST', '/api/shops/floor/commands', broken)).status).toBe(400)
  })
})

describe('[commands] two leads over HTTP', () => {
  test('[commands] at once: one is done, the other is told who has just moved it, nothing is half-done', async () => {
    const move = (agent: string) => ({
      command: 'together',
      commands: ['c10', 'c11'].map((conversation) => ({ command: 'assign', conversation, agent, expectedAgent: null })),
      by: `lead of ${agent}`,
    })
    const answers = await Promise.all([command(move('a1')), command(move('a2'))])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const winner = answers[0]?.status === 200 ? 'a1' : 'a2'
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.json.now).toMatchObject({ conversation: 'c10', agent: winner, by: `lead of ${winner}` })
    for (const id of ['c10', 'c11']) {
      const story = await server.ask('GET', `/api/shops/floor/story?kind=conversation&subject=${id}`)
      expect(story.json.agent).toBe(winner)
      expect(story.json.events.filter(({ type }: { type: string }) => type === 'conversation.assigned')).toHaveLength(1)
    }
  })

  test('[undo] by the id of the command, once; then there is nothing left to put back', async () => {
    const assign = { command: 'assign', conversation: 'c12', agent: 'a1', id: 'to-undo' }
    expect((await command(assign)).status).toBe(200)
    expect((await command({ command: 'undo', of: 'to-undo', id: 'undoing' })).status).toBe(200)
    expect(await last()).toMatchObject({ type: 'conversation.returned', subject: 'c12' })
    expect((await command({ command: 'undo', of: 'to-undo', id: 'undoing' })).status).toBe(200)
    expect((await command({ command: 'undo', of: 'to-undo' })).status).toBe(409)
    expect((await command({ command: 'undo', of: 'never' })).status).toBe(422)
  })

  test('[undo] a note is listed no more, of a day or beside a figure, and is taken back but once', async () => {
    const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })
    const notes = async () =>
      (await server.ask('GET', `/api/shops/floor/days/${today}`)).json.marks.map(({ text }: { text?: string }) => text)
    const beside = async () => (await server.ask('GET', `/api/shops/floor/reports/${today}`)).json.annotations
    const about = { command: 'annotate', period: today, figure: 'conversations', cause: 'A campaign' }
    for (const [body, read] of [
      [{ command: 'note', text: 'A quiet "withdrawn":true day', id: 'noting' }, notes],
      [{ ...about, id: 'annotating' }, beside],
    ] as const) {
      const before = await read()
      expect((await command(body)).status).toBe(200)
      expect(await read()).toHaveLength(before.length + 1)
      expect((await command({ command: 'undo', of: body.id, id: `un${body.id}` })).status).toBe(200)
      expect(await last()).toMatchObject({ type: 'note.added', data: { withdrawn: true } })
      expect(await read()).toEqual(before)
      expect((await command({ command: 'undo', of: body.id })).status).toBe(409)
      expect((await command({ command: 'undo', of: `un${body.id}` })).status, 'noted anew').toBe(200)
      expect(await read()).toHaveLength(before.length + 1)
    }
  })

  test('[undo] of resolving an alert: it is open again in the view and in the history of alerts', async () => {
    await server.send('floor', [cloudEvent('stock.changed', 'lamp', { onHand: 0, hot: true })])
    const { alerts } = await server.view('floor')
    const [id, was] = Object.entries(alerts)[0] as [string, object]
    const history = async () => {
      const all = (await server.ask('GET', '/api/shops/floor/alerts')).json.alerts
      return all.find((alert: { id: string }) => alert.id === id)
    }
    expect((await command({ command: 'resolve', alert: id, note: 'seen', id: 'resolving' })).status).toBe(200)
    expect((await server.view('floor')).alerts).not.toHaveProperty([id])
    expect(await history()).toMatchObject({ state: 'resolved', note: 'seen' })
    expect((await command({ command: 'undo', of: 'resolving' })).status).toBe(200)
    expect((await server.view('floor')).alerts[id]).toEqual(was)
    expect(await history()).toMatchObject({ state: 'open' })
    expect(await history()).not.toHaveProperty('note')
    expect((await command({ command: 'undo', of: 'resolving' })).status).toBe(409)
  })
})
