/** Everybody who may stand before the door: each role, each scope, nobody, and those with a role elsewhere. */

import { type Right, ROLES, type Role, rightsOfRole, rightsOfScopes, SCOPES } from '#core/rights.ts'
import type { Grant } from '#server/auth/grant.ts'
import type { TestServer } from '../support/server.ts'
import { BrowserClient } from './browserClient.ts'

export interface Principal {
  name: string
  /** What it is expected to be granted; undefined: nobody known. */
  grant: Grant | undefined
  /** The headers it comes with. */
  headers: Record<string, string>
  /** What it shows when it connects. */
  handshake: { auth?: { token: string }; extraHeaders?: Record<string, string> }
}

const PASSWORD = 'a long enough password'
const NONE: ReadonlySet<Right> = new Set()

/**
 * @param shop where they have their roles; somebody else has one at `other`
 * @param prefix of their user names
 */
export async function principals(server: TestServer, shop: string, other: string, prefix = ''): Promise<Principal[]> {
  const person = (name: string, roles: Roles) => newPerson(server, name, prefix, roles)
  const all: Principal[] = [
    { name: 'nobody', grant: undefined, headers: {}, handshake: {} },
    byKey('a wrong key', 'fw_nobody-knows-this', undefined),
    byCookie('a wrong cookie', 'floorwatch.session_token=abc.def', undefined),
  ]
  for (const scope of SCOPES)
    all.push(byKey(`key ${scope}`, await server.makeKey([scope], shop), keyGrant(shop, rightsOfScopes([scope]))))
  all.push(byKey('key of all', await server.makeKey(['read']), keyGrant(undefined, rightsOfScopes(['read']))))
  all.push(byKey('key elsewhere', await server.makeKey([...SCOPES], other), keyGrant(other, rightsOfScopes(SCOPES))))
  for (const role of ROLES) all.push(await person(`${role} here`, { roles: [{ shop, role }] }))
  all.push(await person('admin elsewhere', { roles: [{ shop: other, role: 'admin' }] }))
  all.push(await person('lead everywhere', { everywhere: 'lead' }))
  all.push(await person('admin everywhere', { everywhere: 'admin' }))
  all.push(await person('without a role', {}))
  all.push(await panel(server, shop))
  return all
}

interface Roles {
  everywhere?: Role
  roles?: { shop: string; role: Role }[]
}

async function newPerson(
  server: TestServer,
  name: string,
  prefix: string,
  { everywhere, roles = [] }: Roles,
): Promise<Principal> {
  const body = { name, username: prefix + name.replaceAll(' ', '.'), roles, ...(everywhere && { everywhere }) }
  const { json } = await server.ask('POST', '/api/people', { body })
  const browser = new BrowserClient(server.url)
  const token = new URL(json.link.url).hash.replace('#token=', '')
  await browser.post('/api/auth/link/password', { token, password: PASSWORD })
  return byCookie(name, browser.cookie, {
    kind: 'person',
    name,
    everywhere: everywhere ? rightsOfRole(everywhere, true) : NONE,
    shops: new Map(roles.map(({ shop, role }) => [shop, rightsOfRole(role)])),
  })
}

/** A panel that was let in by its code. */
export async function panel(
  server: TestServer,
  shop: string,
  settings: object = {},
): Promise<Principal & { id: string }> {
  const browser = new BrowserClient(server.url)
  const asked = await browser.post('/api/auth/device/code', { client_id: 'floorwatch-screen' })
  const { user_code: code, device_code } = asked.json
  const body = { code, name: 'By the door', settings }
  const { json } = await server.ask('POST', `/api/shops/${shop}/screens`, { body })
  const got = await browser.post('/api/auth/device/token', {
    device_code,
    client_id: 'floorwatch-screen',
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
  })
  if (got.status !== 200) throw new Error(`no session for the panel: ${got.text}`)
  const shops = new Map([[shop, rightsOfRole('screen')]])
  return {
    ...byCookie('a panel', browser.cookie, { kind: 'screen', name: 'By the door', everywhere: NONE, shops }),
    id: json.id,
  }
}

function keyGrant(shop: string | undefined, rights: ReadonlySet<Right>): Grant {
  const shops: Grant['shops'] = shop === undefined ? new Map() : new Map([[shop, rights]])
  return { kind: 'key', name: 'key', everywhere: shop === undefined ? rights : NONE, shops }
}

function byKey(name: string, key: string, grant: Grant | undefined): Principal {
  return { name, grant, headers: { authorization: `Bearer ${key}` }, handshake: { auth: { token: key } } }
}

function byCookie(name: string, cookie: string, grant: Grant | undefined): Principal {
  return { name, grant, headers: { cookie }, handshake: { extraHeaders: { cookie } } }
}
