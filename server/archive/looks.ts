/** What can be asked of a floor of the past. Each is plain data, so that it can pass between threads. */
import { agentDay } from '#core/agentDay.ts'
import { drawView, type Floor } from '#core/floor.ts'
import { listBehind } from '#core/list.ts'
import { happensNext } from '#core/next.ts'
import { pointOf } from '#core/point.ts'
import { reportOf } from '#core/report/report.ts'
import { storyOf } from '#core/story.ts'

export const LOOKS = {
  /** As JSON: drawn for somebody far away, who need not wait for it to be copied object by object. */
  view: (floor: Floor): Uint8Array => Buffer.from(JSON.stringify(drawView(floor))),
  list: listBehind,
  story: storyOf,
  agentDay,
  next: happensNext,
  report: reportOf,
  point: (floor: Floor) => pointOf(drawView(floor)),
} satisfies Record<string, (floor: Floor, ...asked: never[]) => unknown>

export type LookName = keyof typeof LOOKS
export type Asked<N extends LookName> = Parameters<(typeof LOOKS)[N]> extends [Floor, ...infer A] ? A : never
export type Seen<N extends LookName> = ReturnType<(typeof LOOKS)[N]>
