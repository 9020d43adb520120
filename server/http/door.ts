/**
 * Who may come in where: the one place that holds every request against the table of server/auth/access.ts.
 * 401 for who is not known, 403 for who may not, 404 for a shop that is not there, 429 for who asks too often.
 */
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { leastRole } from '#core/rights.ts'
import { meets, type Need, needOf } from '#server/auth/access.ts'
import type { Grant } from '#server/auth/grant.ts'
import type { KeyRing } from '#server/auth/keyRing.ts'
import type { Limits } from '#server/auth/limits.ts'
import type { Sessions } from '#server/auth/sessions.ts'
import type { ShopRecord, Shops } from '#server/shops.ts'
import { addressOf } from './address.ts'
import { Problem } from './problem.ts'
import { sameOrigin } from './sameOrigin.ts'

export interface Env {
  Bindings: HttpBindings
  Variables: {
    /** There wherever the table asks for more than `open`. */
    grant: Grant
    /** There wherever the path names a shop and the table asks for a right in it. */
    shop: ShopRecord
    address: string
  }
}

const SHOP_PARAM = ':shop'
const SAFE = ['GET', 'HEAD', 'OPTIONS']

export class Door {
  #keys: KeyRing
  #sessions: Sessions
  #shops: Shops
  #limits: Limits
  #proxies: number

  constructor(parts: { keys: KeyRing; sessions: Sessions; shops: Shops; limits: Limits; proxies: number }) {
    this.#keys = parts.keys
    this.#sessions = parts.sessions
    this.#shops = parts.shops
    this.#limits = parts.limits
    this.#proxies = parts.proxies
  }

  guard(): MiddlewareHandler<Env> {
    return async (c, next) => {
      const address = addressOf(c.env?.incoming, this.#proxies)
      c.set('address', address)
      await this.#limits.request(address)
      const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
      const route = matchedRoutes(c).findLast((route) => route.method === method)
      // What is not there is told so by whoever answers for that.
      if (route === undefined) return await next()
      const need = needOf(method, route.path, (name) => c.req.query(name))
      if (need === undefined) throw new Problem(403, 'This is closed.')
      if (need === 'open') return await next()
      const grant = await this.#demandGrant(c, address)
      c.set('grant', grant)
      const slug = shopIn(route.path, c.req.path)
      if (!meets(grant, need, slug)) throw refusal(grant, need)
      if (slug !== undefined) await this.#findShop(c, grant, slug)
      await next()
    }
  }

  /** Who asks; undefined for whoever is not known. @throws Problem 403 for a cookie that another site sends along */
  async grantOf(c: Context<Env>): Promise<Grant | undefined> {
    const [, token] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? []
    if (token !== undefined) return await this.#keys.grantOf(token)
    const cookie = c.req.header('cookie')
    if (cookie === undefined || !cookie.includes(SESSION_COOKIE)) return undefined
    if (!SAFE.includes(c.req.method) && !sameOrigin(c.req.raw.headers))
      throw new Problem(403, 'This comes from another site: open the page here and do it there.')
    return await this.#sessions.grantOf(cookie)
  }

  async #demandGrant(c: Context<Env>, address: string): Promise<Grant> {
    const grant = await this.grantOf(c)
    if (grant !== undefined) {
      await this.#limits.byGrant(grant)
      this.#keys.used(grant)
      return grant
    }
    await this.#limits.unknown(address)
    const isGiven = c.req.header('authorization') !== undefined
    throw new Problem(401, isGiven ? 'This key is not known.' : 'Sign in, or send a key: Authorization: Bearer KEY.', {
      headers: { 'www-authenticate': 'Bearer' },
    })
  }

  async #findShop(c: Context<Env>, grant: Grant, slug: string): Promise<void> {
    const shop = await this.#shops.find(slug)
    if (shop !== undefined) c.set('shop', shop)
    // A shop is made by being put where none is.
    else if (c.req.method !== 'PUT')
      throw new Problem(404, `There is no shop ${slug}.`, { members: { code: 'no_shop' } })
    else if (!meets(grant, 'install', undefined)) throw refusal(grant, 'install')
  }
}

/** Part of the name of the cookie a session is known by (server/auth/identity.ts). */
const SESSION_COOKIE = 'floorwatch.session_token='

/** Says which role it takes, for a page to say it to a person. */
function refusal(grant: Grant, need: Need): Problem {
  if (need === 'open' || need === 'known' || need === 'person' || need === 'screen')
    return new Problem(403, `This is for a ${need === 'screen' ? 'screen' : 'person who has signed in'}.`)
  if (grant.kind !== 'person') return new Problem(403, `This ${grant.kind} does not allow ${need} here.`)
  const role = need === 'install' ? 'admin' : leastRole(need)
  const where = need === 'install' ? 'in all shops' : 'here'
  return new Problem(403, `This takes the role ${role} ${where}, or one above it.`, { members: { role } })
}

/** Where the routes name a shop: the place of that segment, -1 where there is none. By pattern. */
const shopPlaces = new Map<string, number>()

/** The shop that a path names, where its route names one. */
function shopIn(pattern: string, path: string): string | undefined {
  const place = shopPlaces.get(pattern) ?? pattern.split('/').indexOf(SHOP_PARAM)
  shopPlaces.set(pattern, place)
  const text = place === -1 ? undefined : path.split('/', place + 1)[place]
  if (text === undefined) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
