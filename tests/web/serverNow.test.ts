import { afterEach, expect, test, vi } from 'vitest'
import { hearTime, serverNow } from '../../web/serverNow.ts'

const DAY = 86_400_000
const said = (date: string, more: Record<string, string> = {}) => new Response('', { headers: { date, ...more } })

afterEach(() => vi.useRealTimers())

test('[time] it is what the server says, not what the screen believes', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-30T12:00:00Z') })
  expect(serverNow()).toBe(Date.now())
  hearTime(said('Sat, 28 Nov 2026 12:00:00 GMT'))
  expect(serverNow()).toBe(Date.now() - 2 * DAY)
  vi.advanceTimersByTime(5_000)
  expect(serverNow()).toBe(Date.parse('2026-11-28T12:00:05Z'))
})

test('[time] an answer that may have been kept, or that says no time, tells nothing of it', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-28T12:00:00Z') })
  hearTime(said('Sat, 28 Nov 2026 12:00:00 GMT', { 'cache-control': 'no-store' }))
  hearTime(said('Fri, 20 Nov 2026 12:00:00 GMT', { 'cache-control': 'private, max-age=31536000, immutable' }))
  hearTime(new Response(''))
  hearTime(said('soon'))
  expect(serverNow()).toBe(Date.now())
})
