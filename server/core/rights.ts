/** What may be done, and who may do it: the roles people have in a shop, the scopes keys have, one table for both. */

export const RIGHTS = [
  /** The wall: the view, live and past. */
  'watch',
  /** Look behind it: lists, stories, events, recorded days, reports, the handbook. */
  'inspect',
  /** Move the work, take alerts. */
  'act',
  /** Pair and manage panels. */
  'screens',
  /** Publish the handbook, say how long things are kept. */
  'govern',
  /** The shop itself: its roles, keys and record; taking its log out or in. */
  'configure',
  /** Send events as they happen. */
  'send',
  /** Load a history with its own times. */
  'backfill',
  /** Shops, people and keys of the whole installation. */
  'install',
] as const
export type Right = (typeof RIGHTS)[number]

export const ROLES = ['screen', 'lead', 'manager', 'admin'] as const
export type Role = (typeof ROLES)[number]

export const SCOPES = ['events:write', 'backfill', 'read', 'command'] as const
export type Scope = (typeof SCOPES)[number]

const LEAD: readonly Right[] = ['watch', 'inspect', 'act', 'screens']
const MANAGER: readonly Right[] = [...LEAD, 'govern']
const ADMIN: readonly Right[] = [...MANAGER, 'configure', 'send', 'backfill']

const OF_ROLE: Record<Role, readonly Right[]> = { screen: ['watch'], lead: LEAD, manager: MANAGER, admin: ADMIN }
const OF_SCOPE: Record<Scope, readonly Right[]> = {
  'events:write': ['send'],
  backfill: ['backfill'],
  read: ['watch', 'inspect'],
  command: ['act', 'govern'],
}

/** `everywhere`: the role holds in every shop; an administrator of all of them runs the installation too. */
export function rightsOfRole(role: Role, everywhere = false): ReadonlySet<Right> {
  return new Set(role === 'admin' && everywhere ? RIGHTS : OF_ROLE[role])
}

export function rightsOfScopes(scopes: readonly Scope[]): ReadonlySet<Right> {
  return new Set(scopes.flatMap((scope) => OF_SCOPE[scope]))
}

/** The least role that has a right, for telling who may. */
export function leastRole(right: Right): Role | undefined {
  return ROLES.find((role) => OF_ROLE[role].includes(right))
}
