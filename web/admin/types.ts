/** What the server tells of people, keys and the record. Instants are RFC 3339. */
import type { Role, Scope } from '#core/rights.ts'

export interface Person {
  id: string
  name: string
  username?: string
  email?: string
  /** In every shop. */
  everywhere?: Role
  roles: { shop: string; role: Role }[]
  /** Has no password yet. */
  invited?: true
  lastSeenAt?: string
}

export interface Link {
  url: string
  expiresAt: string
}

export interface Session {
  id: string
  current?: boolean
  createdAt: string
  lastSeenAt?: string
  address?: string
  device?: string
}

export interface Key {
  id: number | string
  name: string
  shop?: string
  scopes: Scope[]
  source?: string
  createdAt: string
  createdBy?: string
  expiresAt?: string
  lastUsedAt?: string
  requestsPerMinute: number
  eventsPerMinute: number
  limitPerMinute?: number
  webhook?: { url: string }
}
/** As it is told once, when it is made. */
export type NewKey = Key & { key: string; secret?: string }

export interface Entry {
  id: number | string
  at: string
  actor: { kind: 'person' | 'screen' | 'key' | 'admin_key' | 'nobody'; id?: string; name: string }
  action: string
  shop?: string
  target?: string
  detail?: string
  address?: string
}
