import { Refusal, Unreachable } from '../api.ts'
import { p } from './texts.ts'

const CODES = ['no_shop', 'bad_period', 'not_yet', 'not_kept'] as const

/** Why something failed: in the reader's words where they are known, else in those of whoever refused. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreachable) return p('unreachable')
  if (error instanceof Refusal) {
    const code = CODES.find((one) => one === error.code)
    if (code !== undefined) return p(`code.${code}`)
    if (error.status === 503) return p('unavailable')
  }
  return error instanceof Error ? error.message : String(error)
}
