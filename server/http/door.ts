/** Who may come in where: 401 without a key, 403 with the wrong one, 404 for a shop that is not there. */
import type { Context, MiddlewareHandler } from 'hono'
import { allows, type Grant, type Scope } from '#server/auth/grant.ts'
import type { KeyRing } from '#server/auth/keyRing.ts'
import type { ShopRecord, Shops } from '#server/shops.ts'
import { Problem } from './problem.ts'

export interface Env {
  Variables: { grant: Grant; shop: ShopRecord }
}

export class Door {
  #keys: KeyRing
  #shops: Shops

  constructor(keys: KeyRing, shops: Shops) {
    this.#keys = keys
    this.#shops = shops
  }

  /** Lets in who may do `scope` at the shop of the path; sets `grant` and `shop`. */
  shop(scope: Scope): MiddlewareHandler<Env> {
    return async (c, next) => {
      const slug = c.req.param('shop') ?? ''
      const grant = await this.#grant(c)
      this.demand(grant, slug, scope)
      c.set('grant', grant)
      c.set('shop', await this.find(slug))
      await next()
    }
  }

  /** @throws Problem 403 */
  demand(grant: Grant, slug: string, scope: Scope): void {
    if (!allows(grant, slug, scope)) throw new Problem(403, `This key does not allow ${scope} at this shop.`)
  }

  /** Lets in whoever holds a key; sets `grant`. */
  anyone(): MiddlewareHandler<Env> {
    return async (c, next) => {
      c.set('grant', await this.#grant(c))
      await next()
    }
  }

  /** Lets in the administrator; sets `grant`. */
  admin(): MiddlewareHandler<Env> {
    return async (c, next) => {
      const grant = await this.#grant(c)
      if (!grant.admin) throw new Problem(403, 'Only the administrator’s key allows this.')
      c.set('grant', grant)
      await next()
    }
  }

  async #grant(c: Context): Promise<Grant> {
    const [, token] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? []
    const grant = token === undefined ? undefined : await this.#keys.grantOf(token)
    if (grant !== undefined) return grant
    throw new Problem(
      401,
      token === undefined ? 'A key is needed: Authorization: Bearer KEY.' : 'This key is not known.',
      {
        headers: { 'www-authenticate': 'Bearer' },
      },
    )
  }

  /** @throws Problem 404 */
  async find(slug: string): Promise<ShopRecord> {
    const shop = await this.#shops.find(slug)
    if (shop === undefined) throw new Problem(404, `There is no shop ${slug}.`)
    return shop
  }
}
