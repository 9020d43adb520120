/** What the server tells of people, keys and the record. Instants are RFC 3339. */
import type { Role } from '../session.svelte.ts'

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

export const SCOPES = ['events:write', 'backfill', 'read', 'command'] as const
export type Scope = (typeof SCOPES)[number]

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

export const ACTIONS = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'set_up',
  'password_set',
  'session_revoked',
  'link_made',
  'person_added',
  'person_changed',
  'person_removed',
  'role_changed',
  'key_made',
  'key_rotated',
  'key_revoked',
  'screen_paired',
  'screen_changed',
  'screen_revoked',
  'shop_made',
  'shop_changed',
  'handbook_published',
  'exported',
  'imported',
  'erased',
  'keeping_changed',
] as const
export type Action = (typeof ACTIONS)[number]

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

export const ROLES = ['screen', 'lead', 'manager', 'admin'] as const satisfies readonly Role[]
