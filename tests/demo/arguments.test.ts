import { describe, expect, test } from 'vitest'
import { parseArguments } from '#server/play/arguments.ts'

const env = { ADMIN_KEY: 'k' }
const parse = (text: string, variables: Record<string, string> = env) =>
  parseArguments(text.split(' ').filter(Boolean), variables)

describe('[play] arguments', () => {
  test('take what is given and fill in the rest', () => {
    expect(parse('day.ndjson --shop bank')).toEqual({
      file: 'day.ndjson',
      shop: 'bank',
      speed: 1,
      url: 'http://127.0.0.1:8080',
      key: 'k',
    })
    expect(parse('day.ndjson --shop=b --at 11:05 --speed 2.5 --url https://x.example/ --key q')).toMatchObject({
      at: 665,
      speed: 2.5,
      url: 'https://x.example',
      key: 'q',
    })
    expect(parse('f --shop b --speed max --timezone America/Sao_Paulo')).toMatchObject({
      speed: 'max',
      timezone: 'America/Sao_Paulo',
    })
    expect(parse('--help')).toBe('help')
  })

  test('find a server started with the same environment', () => {
    const url = (variables: object) => (parse('f --shop b', { ...env, ...variables }) as { url: string }).url
    expect(url({ PORT: '9000' })).toBe('http://127.0.0.1:9000')
    expect(url({ HOST: '0.0.0.0' })).toBe('http://127.0.0.1:8080')
    expect(url({ HOST: '192.168.1.5', PORT: '81' })).toBe('http://192.168.1.5:81')
    expect(url({ HOST: '::1' })).toBe('http://[::1]:8080')
  })

  test.each([
    ['--shop b', 'FILE: expected a file'],
    ['f g --shop b', 'expected one file, not also g'],
    ['f', '--shop: expected the shop'],
    ['f --shop b --at 25:00', '--at 25:00: expected a time of day'],
    ['f --shop b --at 9:00', '--at 9:00: expected a time of day'],
    ['f --shop b --speed 0', '--speed 0: expected a number above 0, or max'],
    ['f --shop b --speed -3', '--speed -3: expected a number above 0, or max'],
    ['f --shop b --speed', "Option '--speed <value>' argument missing"],
    ['f --shop b --speed fast', '--speed fast: expected a number above 0, or max'],
    ['f --shop b --speed max --at 11:00', '--speed max keeps the times'],
    ['f --shop b --timezone Mars/Base', '--timezone Mars/Base: expected an IANA zone'],
    ['f --shop b --url localhost:8080', '--url localhost:8080: expected an address'],
    ['f --shop b --loud', "Unknown option '--loud'"],
    ['f --shop', "Option '--shop <value>' argument missing"],
  ])('refuse %s in one line', (text, message) => {
    expect(() => parse(text)).toThrow(message)
    expect(() => parse(text)).not.toThrow('\n')
  })

  test('ask for a key', () => {
    expect(() => parse('f --shop b', {})).toThrow('--key: expected a key of the server')
  })
})
