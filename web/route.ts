export type ShopPage = 'wall' | 'lead' | 'handbook'
export type Route = { page: 'overview' } | { page: ShopPage; shop: string }

/** Which page a path asks for; what is not known shows the overview. */
export function routeOf(path: string): Route {
  const [, page, shop] = /^\/(wall|lead|handbook)\/([^/]+)\/?$/.exec(path) ?? []
  if (page === undefined || shop === undefined) return { page: 'overview' }
  return { page: page as ShopPage, shop: decodeURIComponent(shop) }
}
