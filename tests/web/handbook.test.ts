import { expect, test } from 'vitest'
import type { HandbookChanges } from '#core/shop.ts'
import { faultsOf } from '../../web/handbook/faults.ts'
import { figureText, fromPercent, percentOf } from '../../web/handbook/words.ts'

const rule = (field: object) => ({ rules: { pack: field } }) as HandbookChanges

test.each([
  ['a target of nothing', rule({ targetMs: 0 }), 'rules.pack.targetMs', 'not_above_zero'],
  ['a target below nothing', rule({ targetMs: -5_000 }), 'rules.pack.targetMs', 'not_above_zero'],
  ['a reminder before', rule({ remindMs: -1 }), 'rules.pack.remindMs', 'negative'],
  ['an emptied field', rule({ targetMs: null }), 'rules.pack.targetMs', 'shape'],
  ['a capacity beyond all', { capacities: { gold: 1_001 } }, 'capacities.gold', 'too_large'],
  ['no waves', { pickup: { waves: [] } }, 'pickup.waves', 'shape'],
  [
    'a warning after the end',
    rule({ targetMs: 1, warnAfterMs: 2 }),
    'rules.pack.warnAfterMs',
    'warn_not_before_target',
  ],
] as [string, HandbookChanges, string, string][])(
  '[handbook] what is wrong is said of its field: %s',
  (_, changes, field, code) => {
    expect(faultsOf(changes)).toEqual([{ field, code }])
  },
)

test('[handbook] a share is read and set in percent, a count as it is', () => {
  expect(figureText('conditions.response_rate.raise', 0.925)).toBe('92.5%')
  expect(figureText('conditions.response_rate.atLeast', 10)).toBe('10')
  expect(figureText('conditions.queue_depth.raise', 8)).toBe('8')
  for (let tenths = 0; tenths <= 1_000; tenths++) expect(percentOf(fromPercent(tenths / 10))).toBe(tenths / 10)
  expect(fromPercent(Number.NaN)).toBeNaN()
})

test('[handbook] a number that was emptied is told of its field', () => {
  expect(faultsOf({ conditions: { response_rate: { raise: Number.NaN } } })).toEqual([
    { field: 'conditions.response_rate.raise', code: 'shape' },
  ])
})
