import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '#core/events.ts'
import { advance, apply, createFloor, drawView, type Floor } from '#core/floor.ts'
import { forgetChanges, skuOf } from '#core/stock.ts'
import { DAY, HOUR, MINUTE } from '#core/zone.ts'
import { Chance } from '../support/chance.ts'

const START = Date.parse('2026-11-02T01:00:00.000Z')

function tell(floor: Floor, time: number, type: string, data: object, recordedAt = Math.max(time, floor.now)): void {
  const seq = floor.seq + 1
  apply(floor, { id: `e${seq}`, source: 'wms', type, subject: 'sku', time, data, seq, recordedAt } as RecordedEvent)
}

const newFloor = () => createFloor({ shop: 's', name: 's', timezone: 'Asia/Shanghai' })

/** Some change or other of the SKU, the same for the same seed. */
function random(chance: Chance): [type: string, data: object] {
  if (chance.happens(0.2)) return ['stock.supplier_contacted', {}]
  if (chance.happens(0.2)) return ['stock.shortage_announced', {}]
  const onHand = chance.whole(0, 12)
  return [
    'stock.changed',
    { onHand, ...(chance.happens(0.3) && { low: 5 }), ...(chance.happens(0.3) && { hot: true }) },
  ]
}

describe('[stock] what is let go of a SKU', () => {
  test('[stock] changes nothing that is still to come, late changes of the time that is kept included', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const chance = new Chance(seed)
        const [whole, cut] = [newFloor(), newFloor()]
        const both = (time: number, [type, data]: [string, object]) => {
          for (const floor of [whole, cut]) tell(floor, time, type, data, Math.max(time, floor.now))
        }
        const times = Array.from({ length: 60 }, () => START + chance.whole(0, 600) * MINUTE).sort((a, b) => a - b)
        for (const time of times) both(time, random(chance))
        const before = START + 300 * MINUTE
        forgetChanges(skuOf(cut, 'sku'), before)
        const told = START + 601 * MINUTE
        for (let i = 0; i < 20; i++) {
          const time = chance.happens(0.5) ? told + i * MINUTE : before + chance.whole(0, 300) * MINUTE
          both(time, random(chance))
          for (const floor of [whole, cut]) advance(floor, Math.max(floor.now, told + i * MINUTE))
          const [is, was] = [drawView(cut), drawView(whole)]
          expect([is.stock, is.clocks, is.alerts]).toEqual([was.stock, was.clocks, was.alerts])
        }
      }),
      { numRuns: 300 },
    )
  })

  test('[stock] however often it changes, it is no more than of thirty days', () => {
    const floor = newFloor()
    for (let day = 0; day < 90; day++) {
      for (let i = 0; i < 100; i++) {
        const time = START + day * DAY + i * 5 * MINUTE
        tell(floor, time, 'stock.changed', { onHand: i % 20, low: 5 })
      }
      advance(floor, START + day * DAY + 12 * HOUR)
    }
    const { changes, clocks, onHand } = skuOf(floor, 'sku')
    expect(changes.length).toBeLessThanOrEqual(31 * 100 + 1)
    expect(clocks.length).toBeLessThanOrEqual(31 * 5 + 1)
    expect(onHand).toBe(19)
  })
})
