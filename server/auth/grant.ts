/** What the holder of a key may do. */
export const SCOPES = ['events:write', 'backfill', 'read', 'command'] as const
export type Scope = (typeof SCOPES)[number]

/** `shop` left out: every shop. The administrator may do everything. */
export interface Grant {
  /** Who acts: the key's name. Stands as `by` in what its commands write. */
  name: string
  admin: boolean
  keyId?: number
  shop?: string
  scopes: readonly Scope[]
}

export function allows(grant: Grant, shop: string, scope: Scope): boolean {
  return grant.admin || ((grant.shop === undefined || grant.shop === shop) && grant.scopes.includes(scope))
}
