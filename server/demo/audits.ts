import { minutesOf } from '#core/zone.ts'
import type { Shop } from './shop.ts'
import type { Story } from './stage.ts'

const ROUNDS = [
  { at: '10:20', kind: 'packaging', subject: '包装抽检', checked: 20 },
  { at: '11:10', kind: 'waybill_stub', subject: '底单抽检', checked: 30 },
  { at: '15:40', kind: 'packaging', subject: '包装抽检', checked: 20 },
  { at: '16:40', kind: 'report', subject: '工作报表', checked: 6 },
] as const

/** The day's samples of how carefully things are done. */
export function* audits({ stage, random, zone, say }: Shop, day: number): Story {
  for (const { at, kind, subject, checked } of ROUNDS) {
    yield zone.at(day, minutesOf(at)) - stage.now
    const failed = random.chance(0.5) ? 0 : random.integer(1, 2)
    say('warehouse', 'audit.recorded', subject, { kind, checked, passed: checked - failed })
  }
}
