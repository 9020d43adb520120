/** How a panel becomes a screen, with a clock and a server of the test's own. */
import { describe, expect, test } from 'vitest'
import { type Answer, type Code, pair, readable } from '../../web/pair/protocol.ts'

const code = (n: number): Answer => ({
  status: 200,
  body: { device_code: `d${n}`, user_code: `CODE000${n}`, verification_uri_complete: '', expires_in: 30, interval: 5 },
})
const no = (error: string): Answer => ({ status: 400, body: { error } })
const yes: Answer = { status: 200, body: {} }

/** Answers in turn; tells what was asked when, and what was shown. */
async function play(answers: (Answer | undefined)[]) {
  let now = 0
  const log: string[] = []
  const world = {
    now: () => now,
    async wait(ms: number) {
      now += ms
    },
    async post(path: string, body: object) {
      const { device_code: of = '' } = body as { device_code?: string }
      log.push(`${now / 1_000} ${path.split('/').at(-1)} ${of}`.trim())
      if (answers.length === 0) throw new Error('more is asked than was answered')
      return answers.shift()
    },
  }
  await pair(world, {
    code: ({ user_code }: Code, until) => log.push(`shows ${user_code} until ${until / 1_000}`),
    trouble: (what) => what && log.push(what),
  })
  return log
}

describe('[pair]', () => {
  test('a code is shown and asked for every so often, until it is confirmed', async () => {
    const pending = no('authorization_pending')
    expect(await play([code(1), pending, pending, yes])).toEqual([
      '0 code',
      'shows CODE0001 until 30',
      '5 token d1',
      '10 token d1',
      '15 token d1',
    ])
  })

  test('a code that is over gives way to another without being asked for once more', async () => {
    const pending = no('authorization_pending')
    const log = await play([code(1), pending, pending, pending, pending, pending, code(2), yes])
    expect(log.slice(-4)).toEqual(['25 token d1', '30 code', 'shows CODE0002 until 60', '35 token d2'])
  })

  test.each(['expired_token', 'access_denied', 'invalid_grant'])('%s: another code', async (error) => {
    expect(await play([code(1), no(error), code(2), yes])).toContain('shows CODE0002 until 35')
  })

  test('asked to slow down, it does', async () => {
    expect(await play([code(1), no('slow_down'), yes])).toContain('15 token d1')
  })

  test('a server that is away costs no code; one that gives none is asked again', async () => {
    expect(
      await play([undefined, { status: 429, body: {} }, code(1), undefined, { status: 503, body: {} }, yes]),
    ).toEqual([
      '0 code',
      'unreachable',
      '5 code',
      'limited',
      '10 code',
      'shows CODE0001 until 40',
      '15 token d1',
      'unreachable',
      '20 token d1',
      'unreachable',
      '25 token d1',
    ])
  })

  test('people read it in two halves', () => {
    expect(readable('ABCDEFGH')).toBe('ABCD-EFGH')
    expect(readable('ABCD-EFGH')).toBe('ABCD-EFGH')
  })
})
