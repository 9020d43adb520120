import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pageEach, pagesOf, unitPx } from '../../web/modes/arrange.ts'
import { PANELS } from '../../web/modes/panels.ts'
import { readSettings } from '../../web/modes/settings.ts'
import { begin, call, pass, pause, step } from '../../web/modes/turning.ts'
import { cardGrid, standing, worstFirst } from '../../web/overview/cards.ts'
import { FreshBreaches } from '../../web/sound/fresh.ts'
import { Ringing } from '../../web/sound/ringing.ts'
import { anAlert, aView } from './view.ts'

describe('[wall] what a screen is asked to show', () => {
  test('all panels when nothing is said, those that are named when something is', () => {
    expect(readSettings({})).toEqual({ layout: PANELS, unclear: [] })
    expect(readSettings({ layout: 'full' }).layout).toEqual(PANELS)
    expect(readSettings({ layout: 'stock, Queues,stock' }).layout).toEqual(['stock', 'queues'])
  })

  test.each([
    ['20s', 20_000],
    ['20', 20_000],
    ['2m', 120_000],
    ['off', undefined],
    ['0', undefined],
  ])('rotate=%s is %s ms', (rotate, ms) => {
    expect(readSettings({ rotate })).toEqual({ layout: PANELS, unclear: [], ...(ms !== undefined && { rotateMs: ms }) })
  })

  test('what is not understood is as if it had not been said, and told', () => {
    const { layout, rotateMs, unclear } = readSettings({ layout: 'queues,que', rotate: '1s', theme: 'dim', lang: 'xx' })
    expect(layout).toEqual(['queues'])
    expect(rotateMs).toBeUndefined()
    expect(unclear.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'layout=que',
      'rotate=1s',
      'theme=dim',
      'lang=xx',
    ])
  })
})

describe('[wall] pages', () => {
  const lying = { width: 1920, height: 1080 }

  test('a large screen shows the whole wall, lying or standing', () => {
    for (const viewport of [lying, { width: 1080, height: 1920 }, { width: 3840, height: 2160 }]) {
      const [page, ...more] = pagesOf(PANELS, viewport)
      expect(more).toEqual([])
      expect(page?.grid).toBeUndefined()
    }
  })

  test('few panels stand side by side on a screen that lies, one below the other on one that stands', () => {
    expect(pagesOf(['queues', 'alerts'], lying)[0]?.grid).toContain('"queues alerts"')
    expect(pagesOf(['queues', 'alerts'], { width: 1080, height: 1920 })[0]?.grid).toMatch(/"queues".*"alerts"/)
  })

  test('every panel is on one page, in its order, at a size that can be read', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 360, max: 4_000 }),
      height: fc.integer({ min: 360, max: 4_000 }),
    })
    fc.assert(
      fc.property(sizes, fc.subarray([...PANELS], { minLength: 1 }), (viewport, panels) => {
        const pages = pagesOf(panels, viewport)
        expect(pages.flatMap((page) => page.panels)).toEqual(panels)
        for (const page of pages) expect(unitPx(page, viewport)).toBeGreaterThan(page.panels.length > 1 ? 4.99 : 2.5)
        for (const { grid = '' } of pages)
          expect(new Set(grid.match(/"[^"]+"/g)?.map((row) => row.split(' ').length)).size).toBeLessThan(2)
      }),
      { numRuns: 60 },
    )
  })

  test('one after the other each has a page of its own', () => {
    expect(pageEach(PANELS, lying).map(({ panels }) => panels)).toEqual(PANELS.map((panel) => [panel]))
  })
})

describe('[wall] turning pages', () => {
  test('each has its time, then the next, round the end', () => {
    let turning = begin(0)
    expect(pass(turning, 3, 10, 9).page).toBe(0)
    for (const now of [10, 20, 30]) turning = pass(turning, 3, 10, now)
    expect(turning.page).toBe(0)
  })

  test('a hand turns back and forth, and the page then stays for its whole time', () => {
    const back = step(begin(0), -1, 3, 9)
    expect(back.page).toBe(2)
    expect(pass(back, 3, 10, 18).page).toBe(2)
    expect(pass(back, 3, 10, 19).page).toBe(0)
  })

  test('paused it stays, whatever happens', () => {
    const paused = pause(begin(0), 5)
    expect(pass(paused, 3, 10, 100)).toBe(paused)
    expect(call(paused, 2, 3, 10, 100)).toBe(paused)
    expect(pass(pause(paused, 100), 3, 10, 109).page).toBe(0)
  })

  test('a fresh breach brings up its page; in a storm the others still have their turn', () => {
    const called = call(begin(0), 2, 3, 10, 4)
    expect(called.page).toBe(2)
    const next = pass(called, 3, 10, 14)
    expect(next.page).toBe(0)
    expect(call(next, 2, 3, 10, 15).page).toBe(0)
    expect(call(next, 2, 3, 10, 34).page).toBe(2)
  })
})

describe('[sound]', () => {
  const breach = anAlert()

  test('a breach is fresh once; what a screen finds is not, nor a warning, nor what somebody has', () => {
    const breaches = new FreshBreaches()
    expect(breaches.meet({ old: breach })).toEqual([])
    expect(breaches.meet({ old: breach, warned: anAlert({ level: 'warn' }) })).toEqual([])
    expect(breaches.meet({ old: breach, warned: breach, taken: anAlert({ state: 'acknowledged' }) })).toEqual([
      'warned',
    ])
    expect(breaches.meet({})).toEqual([])
    expect(breaches.meet({ old: breach, warned: breach, taken: breach })).toEqual([])
  })

  test('it remembers no more than it must', () => {
    const breaches = new FreshBreaches()
    breaches.meet({ first: breach })
    for (let n = 0; n < 20; n++) {
      const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`${n}-${i}`, breach]))
      expect(breaches.meet(many)).toHaveLength(100)
    }
    expect(breaches.meet({ '19-0': breach })).toEqual([])
    expect(breaches.meet({ first: breach })).toEqual(['first'])
  })

  test('the first ring comes at once, those after it together, in a storm ever more rarely', () => {
    const ringing = new Ringing()
    expect(ringing.rings(0, 0)).toBe(false)
    expect(ringing.rings(1, 0)).toBe(true)
    expect(ringing.rings(3, 1_000)).toBe(false)
    const rang: number[] = []
    for (let now = 2_000; now <= 300_000; now += 1_000) if (ringing.rings(1, now)) rang.push(now)
    expect(rang.map((at, i) => at - (rang[i - 1] ?? 0))).toEqual([10_000, 20_000, 40_000, 80_000, 80_000])
    expect(ringing.rings(0, 1_000_000)).toBe(true)
    expect(ringing.rings(0, 2_000_000)).toBe(false)
    expect(ringing.rings(1, 2_000_001)).toBe(true)
    expect(ringing.rings(1, 2_010_001)).toBe(true)
  })
})

describe('[overview]', () => {
  test('the worst first, what nobody can see before what is only at risk, then by name', () => {
    const shops = [
      { name: 'd', state: 'fine' },
      { name: 'c', state: 'risk' },
      { name: 'b', state: 'unknown' },
      { name: 'a', state: 'fine' },
      { name: 'e', state: 'breach' },
    ] as const
    expect(worstFirst(shops).map(({ name }) => name)).toEqual(['e', 'b', 'c', 'a', 'd'])
  })

  test('a shop that has stopped is not known to be well', () => {
    const heard = aView({ sources: { chat: { lastAt: 'x', silent: false } } })
    expect(standing(heard, false)).toBe('fine')
    expect(standing(heard, true)).toBe('unknown')
    expect(standing(undefined, false)).toBe('unknown')
  })

  test('cards are as large as can be; too many go on below', () => {
    expect(cardGrid(1, 1920, 1000)).toEqual({ columns: 1, fits: true })
    expect(cardGrid(4, 1920, 1000)).toEqual({ columns: 2, fits: true })
    expect(cardGrid(20, 1920, 1000)).toEqual({ columns: 5, fits: true })
    expect(cardGrid(20, 390, 800)).toEqual({ columns: 1, fits: false })
  })
})
