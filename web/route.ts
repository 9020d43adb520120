export type ShopPage = 'wall' | 'lead' | 'replay' | 'reports' | 'handbook'
/** `rest`: what follows the shop. */
export type Route = { page: 'overview' } | { page: ShopPage; shop: string; rest?: string }

const SHOP_PAGE = /^\/(wall|lead|replay|reports|handbook)\/([^/]+)(?:\/([^/]*))?\/?$/

/** Which page a path asks for; what is not known shows the overview. */
export function routeOf(path: string): Route {
  const [, page, shop, rest] = SHOP_PAGE.exec(path) ?? []
  if (page === undefined || shop === undefined) return { page: 'overview' }
  return { page: page as ShopPage, shop: decodeURIComponent(shop), ...(rest && { rest: decodeURIComponent(rest) }) }
}
