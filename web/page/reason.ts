import { Refusal, Unreachable } from '../api.ts'
import { NO_SHOP, refusalText } from '../live/refusal.ts'
import { p } from './texts.ts'

const CODES = ['bad_period', 'not_yet', 'not_kept'] as const

/** Why something failed: in the reader's words where they are known, else in those of whoever refused. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreachable) return p('unreachable')
  if (error instanceof Refusal) {
    const code = CODES.find((one) => one === error.code)
    if (code !== undefined) return p(`code.${code}`)
    if (error.code === NO_SHOP) return refusalText(NO_SHOP)
    if (error.status === 503) return p('unavailable')
  }
  return error instanceof Error ? error.message : String(error)
}
