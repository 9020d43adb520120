import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRecording, survey } from '#server/play/recording.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'floorwatch-play-'))
})
afterAll(() => rm(dir, { recursive: true }))

const line = (fields: object = {}) =>
  JSON.stringify({
    specversion: '1.0',
    id: 'e',
    source: 's',
    type: 't',
    subject: 'x',
    time: '2026-11-21T01:00:00Z',
    ...fields,
  })

async function recording(...lines: string[]): Promise<string> {
  const file = join(dir, `${Math.random()}.ndjson`)
  await writeFile(file, lines.join('\n'))
  return file
}

describe('[play] recording', () => {
  test('is read line by line, empty ones passed over', async () => {
    const file = await recording(`\uFEFF${line()}`, '', line({ id: 'f', time: '2026-11-21T09:30:00+08:00' }), '')
    const read = await Array.fromAsync(readRecording(file))
    expect(await survey(file)).toMatchObject({ count: 2, offset: '+08:00' })
    expect(read.map(({ event, time }) => [event.id, time])).toEqual([
      ['e', Date.parse('2026-11-21T01:00:00Z')],
      ['f', Date.parse('2026-11-21T01:30:00Z')],
    ])
    expect(read[0]!.text).toBe(line())
  })

  test('a text may hold what other programs take for the end of a line; a carriage return before it is none of it', async () => {
    const file = await recording(`${line({ id: 'a\u2028b' })}\r`, line({ id: 'c' }))
    const read = await Array.fromAsync(readRecording(file))
    expect(read.map(({ event }) => event.id)).toEqual(['a\u2028b', 'c'])
  })

  test('that is no UTF-8 is refused', async () => {
    const file = await recording()
    await writeFile(file, Buffer.concat([Buffer.from(`${line()}\n{"id":"`), Buffer.from([0xd0, 0xa1, 0xc3, 0xf7])]))
    await expect(survey(file)).rejects.toThrow('expected UTF-8 text')
  })

  test('is surveyed for its first and last instant, whatever its order', async () => {
    const times = ['2026-11-21T02:00:00Z', '2026-11-21T01:00:00Z', '2026-11-21T03:00:00Z']
    expect(await survey(await recording(...times.map((time) => line({ time }))))).toEqual({
      count: 3,
      first: Date.parse(times[1]!),
      last: Date.parse(times[2]!),
    })
  })

  test.each([
    ['no JSON', '{"id":', 'line 2: expected one JSON object on the line'],
    ['a list', '[1]', 'line 2: expected one JSON object on the line'],
    ['no subject', line({ subject: undefined }), 'line 2: subject: expected a text'],
    ['an empty id', line({ id: '' }), 'line 2: id: expected a text'],
    ['a number for a type', line({ type: 1 }), 'line 2: type: expected a text'],
    ['a time without offset', line({ time: '2026-11-21 09:30' }), 'line 2: time: expected an instant'],
  ])('with %s is refused with line and field', async (_, bad, message) => {
    await expect(survey(await recording(line(), bad))).rejects.toThrow(message)
  })

  test('that is empty, missing or a directory is refused in one line', async () => {
    await expect(survey(await recording(''))).rejects.toThrow('it holds none')
    await expect(survey(join(dir, 'none'))).rejects.toThrow('there is no such file')
    await expect(survey(dir)).rejects.toThrow('this is a directory')
  })
})
