import { Unreachable } from '../api.ts'
import { p } from './texts.ts'

/** Why something failed: in the words of whoever refused, in the reader's where nobody answered. */
export function reasonOf(error: unknown): string {
  if (error instanceof Unreachable) return p('unreachable')
  return error instanceof Error ? error.message : String(error)
}
