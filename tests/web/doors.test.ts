/** What the pages of the doors decide by themselves. */
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { GrantKind } from '#server/auth/grant.ts'
import { detailOf } from '../../web/admin/details.ts'
import { daySpan } from '../../web/admin/span.ts'
import { en } from '../../web/admin/texts.en.ts'
import { zh } from '../../web/admin/texts.zh.ts'
import type { Entry } from '../../web/admin/types.ts'
import { deviceOf } from '../../web/page/device.ts'
import { isOpen, needOf, routeOf } from '../../web/route.ts'
import { standing } from '../../web/screens/screens.svelte.ts'
import type { PairedScreen } from '../../web/session.svelte.ts'

describe('[door] which page, and what it takes', () => {
  test.each([
    ['/', 'overview', undefined],
    ['/wall/s1', 'wall', 'watch'],
    ['/lead/s1/', 'lead', 'act'],
    ['/replay/s1/2026-11-21', 'replay', 'inspect'],
    ['/screens/s1', 'screens', 'screens'],
    ['/screens', 'screens', 'screens'],
    ['/admin/s1', 'admin', 'configure'],
    ['/admin', 'admin', 'configure'],
    ['/me', 'me', undefined],
  ])('%s is %s and takes %s', (path, page, right) => {
    const route = routeOf(path)
    expect(route.page).toBe(page)
    expect(needOf(route)).toBe(right)
    expect(isOpen(route)).toBe(false)
  })

  test('a panel that waits, a link that was handed on and an address that leads nowhere need nobody', () => {
    for (const path of ['/pair', '/welcome', '/nowhere', '/wall/%E0%A4%A', '/wall/%']) {
      expect(isOpen(routeOf(path))).toBe(true)
      expect(needOf(routeOf(path))).toBeUndefined()
    }
  })

  test('a shop may be called like a page', () => {
    expect(routeOf('/wall/admin')).toEqual({ page: 'wall', shop: 'admin' })
    expect(routeOf('/admin/pair')).toEqual({ page: 'admin', shop: 'pair' })
  })
})

describe('[screens] how a screen stands', () => {
  const now = Date.parse('2026-11-21T04:00:00Z')
  const screen = (more: Partial<PairedScreen>): PairedScreen => ({
    id: 's',
    shop: 'demo',
    name: 's',
    settings: {},
    pairedAt: '2026-11-01T00:00:00Z',
    pairedBy: 'p',
    online: true,
    ...more,
  })

  test.each([
    ['live', { viewAt: '2026-11-21T03:59:50Z' }],
    ['stale', { viewAt: '2026-11-21T03:59:44Z' }],
    ['opening', {}],
    ['offline', { online: false, viewAt: '2026-11-21T04:00:00Z' }],
  ] as const)('%s', (stands, more) => {
    expect(standing(screen(more), now)).toBe(stands)
  })
})

describe('[record] the days asked for', () => {
  test('are the shop’s own, whole, the last one too', () => {
    expect(daySpan('2026-11-21', '2026-11-21', 'Asia/Shanghai')).toEqual({
      from: '2026-11-20T16:00:00.000Z',
      to: '2026-11-21T16:00:00.000Z',
    })
    expect(daySpan('', '', 'Asia/Shanghai')).toEqual({})
    expect(daySpan('2026-11-21', '', 'UTC')).toEqual({ from: '2026-11-21T00:00:00.000Z' })
  })

  test('have 23 hours where the clocks go forward', () => {
    const { from = '', to = '' } = daySpan('2026-03-29', '2026-03-29', 'Europe/Berlin')
    expect(Date.parse(to) - Date.parse(from)).toBe(23 * 3_600_000)
  })
})

test('[record] every kind of actor that the page knows is one that the server notes', () => {
  expectTypeOf<Entry['actor']['kind']>().toEqualTypeOf<GrantKind | 'nobody'>()
})

test.each([
  ['role_changed', 'lead → manager', '组长 → 经理'],
  ['role_changed', 'lead → none', '组长 → 无'],
  ['person_added', 'admin everywhere, lead of lead-shop', '管理员 · 全部店铺, 组长 · lead-shop'],
  ['key_made', 'events:write read', '发送事件 · 读取数据'],
  ['key_rotated', 'now 4, the old one ends in 1440 min', '旧密钥再用 24小时00分'],
  ['signed_in', 'OpenID Connect', 'OpenID Connect'],
  ['handbook_published', 'lead → none', 'lead → none'],
])('[record] %s says %s as %s', (action, detail, words) => {
  expect(detailOf({ action, detail })).toBe(words)
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0',
    'Edge · Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
    'Safari · iPhone',
  ],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'Chrome · Android'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile Safari/537.36 MicroMessenger/8.0', 'WeChat · Android'],
  ['curl/8.5.0', 'curl/8.5.0'],
])('[door] %s is said as %s', (agent, words) => {
  expect(deviceOf(agent)).toBe(words)
})

test('[admin] every text has the same places to fill in both languages', () => {
  const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(places(en[key]), key).toEqual(places(zh[key]))
})
