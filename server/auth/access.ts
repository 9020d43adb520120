/**
 * Who may do what: every route and every event of a socket, with the right it asks for. The door for HTTP and the edge
 * for sockets enforce this table and nothing else; what does not stand here is closed to everybody.
 */

import type { Right } from '#core/rights.ts'
import { allows, type Grant } from './grant.ts'

/**
 * `open`: nobody needs to be known. `known`: whoever has come in. `person`, `screen`: those only. Else a right, at the
 * shop of the path if it names one.
 */
export type Need = 'open' | 'known' | 'person' | 'screen' | Right
/** What a parameter of the query says, if it is there. */
type Query = (name: string) => string | undefined
/** Some ask for more by what the query says. */
type Entry = Need | ((query: Query) => Need)

const shop = '/api/shops/:shop'

export const ACCESS: Record<string, Entry> = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /metrics': 'known',
  'GET /api/openapi.json': 'open',

  [`POST ${shop}/events`]: (query) => (query('mode') === 'backfill' ? 'backfill' : 'send'),
  [`POST ${shop}/webhooks/:key`]: 'open',
  [`POST ${shop}/rejected/:id/resend`]: 'send',

  'GET /api/shops': 'known',
  [`GET ${shop}/view`]: 'watch',
  [`GET ${shop}/history`]: 'watch',
  [`GET ${shop}/events`]: 'inspect',
  [`GET ${shop}/rejected`]: 'inspect',
  [`GET ${shop}/alerts`]: 'inspect',
  [`GET ${shop}/list`]: 'inspect',
  [`GET ${shop}/story`]: 'inspect',
  [`GET ${shop}/agents/:agent/day`]: 'inspect',
  [`GET ${shop}/next`]: 'inspect',
  [`GET ${shop}/days/:date`]: 'inspect',
  [`GET ${shop}/segments/:from`]: 'inspect',
  [`GET ${shop}/reports/:period`]: 'inspect',
  [`GET ${shop}/handbook`]: 'inspect',
  [`GET ${shop}/handbook/versions`]: 'inspect',
  [`GET ${shop}/handbook/export`]: 'inspect',
  [`POST ${shop}/handbook/what-if`]: 'inspect',

  [`POST ${shop}/commands`]: 'act',
  [`POST ${shop}/forecast`]: 'act',
  [`POST ${shop}/plans`]: 'act',
  [`GET ${shop}/suggestions`]: 'act',

  [`PUT ${shop}/handbook`]: 'govern',
  [`GET ${shop}/keeping`]: 'inspect',
  [`PUT ${shop}/keeping`]: 'govern',
  [`POST ${shop}/keeping/look`]: 'govern',

  [`GET ${shop}/screens`]: 'screens',
  [`POST ${shop}/screens`]: 'screens',
  [`PATCH ${shop}/screens/:id`]: 'screens',
  [`DELETE ${shop}/screens/:id`]: 'screens',

  [`PUT ${shop}`]: 'configure',
  [`GET ${shop}/export`]: 'configure',
  [`POST ${shop}/import`]: 'configure',
  [`GET ${shop}/erasures`]: 'configure',
  [`POST ${shop}/erasures`]: 'configure',
  [`POST ${shop}/erasures/look`]: 'configure',
  [`GET ${shop}/people`]: 'configure',
  [`POST ${shop}/people`]: 'configure',
  [`PUT ${shop}/people/:id`]: 'configure',
  [`DELETE ${shop}/people/:id`]: 'configure',
  [`GET ${shop}/keys`]: 'configure',
  [`POST ${shop}/keys`]: 'configure',
  [`POST ${shop}/keys/:id/rotate`]: 'configure',
  [`DELETE ${shop}/keys/:id`]: 'configure',
  [`GET ${shop}/audit`]: 'configure',

  'GET /api/people': 'install',
  'POST /api/people': 'install',
  'PATCH /api/people/:id': 'install',
  'DELETE /api/people/:id': 'install',
  'POST /api/people/:id/link': 'install',
  'GET /api/people/:id/sessions': 'install',
  'DELETE /api/people/:id/sessions': 'install',
  'DELETE /api/people/:id/sessions/:session': 'install',
  'GET /api/keys': 'install',
  'POST /api/keys': 'install',
  'POST /api/keys/:id/rotate': 'install',
  'DELETE /api/keys/:id': 'install',
  'GET /api/audit': 'install',

  'GET /api/door': 'open',
  'GET /api/me': 'known',
  'GET /api/me/sessions': 'person',
  'DELETE /api/me/sessions': 'person',
  'DELETE /api/me/sessions/:id': 'person',
  'POST /api/auth/sign-in/username': 'open',
  'POST /api/auth/sign-in/email': 'open',
  'POST /api/auth/sign-in/social': 'open',
  'GET /api/auth/callback/:provider': 'open',
  'POST /api/auth/sign-out': 'open',
  'POST /api/auth/change-password': 'person',
  'POST /api/auth/link/look': 'open',
  'POST /api/auth/link/setup': 'open',
  'POST /api/auth/link/password': 'open',
  'POST /api/auth/link/enter': 'open',
  'POST /api/auth/device/code': 'open',
  'POST /api/auth/device/token': 'open',

  'GET /assets/*': 'open',
  'GET /': 'open',
}

/** The pages: one file without a figure in it; what they show they ask for. */
export const PAGES = [
  ...['/wall/*', '/lead/*', '/replay/*', '/reports/*', '/handbook/*', '/keeping/*', '/screens', '/screens/*'],
  ...['/admin', '/admin/*', '/me', '/pair', '/welcome'],
]
for (const page of PAGES) ACCESS[`GET ${page}`] = 'open'

/** Events that a socket may send. */
export const SOCKET_ACCESS: Record<string, Need> = {
  watch: 'watch',
  unwatch: 'known',
  report: 'screen',
}

/** What a route asks for; undefined: it does not stand in the table. */
export function needOf(method: string, path: string, query: Query): Need | undefined {
  const entry = ACCESS[`${method} ${path}`]
  return typeof entry === 'function' ? entry(query) : entry
}

/** Whether whoever has come in meets a need, at a shop where one is named. */
export function meets(grant: Grant, need: Need, shop: string | undefined): boolean {
  if (need === 'open' || need === 'known') return true
  if (need === 'person' || need === 'screen') return grant.kind === need
  return allows(grant, shop, need)
}
