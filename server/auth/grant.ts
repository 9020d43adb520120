/** Who has come in, and what they may do where. */
import type { Right } from '#core/rights.ts'

export type GrantKind = 'person' | 'screen' | 'key' | 'admin_key'

export interface Grant {
  kind: GrantKind
  /** Of the person, the screen or the key; the administrator's key has none. */
  id?: string
  /** Who acts: stands as `by` in what commands write. */
  name: string
  /** In every shop, and in none. */
  everywhere: ReadonlySet<Right>
  /** By the shop's slug. */
  shops: ReadonlyMap<string, ReadonlySet<Right>>
  /** Epoch ms: not after. */
  expiresAt?: number
  /** Of whoever came in by a session: what ends with it. */
  session?: string
  key?: KeyTerms
}

/** What else is agreed with the holder of a key. */
export interface KeyTerms {
  /** The one source its events may come from. */
  source?: string
  limitPerMinute?: number
}

export function allows({ everywhere, shops }: Grant, shop: string | undefined, right: Right): boolean {
  return everywhere.has(right) || (shop !== undefined && (shops.get(shop)?.has(right) ?? false))
}

/** Who acts: a person as who they are; a program for whom it says it acts, if it says so. */
export function actorName({ kind, name }: Grant, asked: string | undefined): string {
  return kind === 'key' || kind === 'admin_key' ? (asked ?? name) : name
}
