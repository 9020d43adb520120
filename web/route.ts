import type { Right } from '#core/rights.ts'

export const SHOP_PAGES = ['wall', 'lead', 'replay', 'reports', 'handbook', 'screens', 'keeping', 'admin'] as const
export type ShopPage = (typeof SHOP_PAGES)[number]
/** `rest`: what follows the shop. */
export type Route =
  | { page: 'overview' | 'screens' | 'admin' | 'me' | 'pair' | 'welcome' | 'nowhere' }
  | { page: ShopPage; shop: string; rest?: string }

const SHOP_PAGE = new RegExp(`^/(${SHOP_PAGES.join('|')})/([^/]+)(?:/([^/]*))?/?$`)
const PAGE = /^\/(screens|admin|me|pair|welcome)\/?$/

/** Which page a path asks for. */
export function routeOf(path: string): Route {
  try {
    return routeAt(path)
  } catch {
    // It is written wrong: `%E0%A4` stands for no letter.
    return { page: 'nowhere' }
  }
}

function routeAt(path: string): Route {
  const [, page, shop, rest] = SHOP_PAGE.exec(path) ?? []
  if (page !== undefined && shop !== undefined)
    return { page: page as ShopPage, shop: decodeURIComponent(shop), ...(rest && { rest: decodeURIComponent(rest) }) }
  const [, alone = path === '/' ? 'overview' : 'nowhere'] = PAGE.exec(path) ?? []
  return { page: alone as 'overview' }
}

/** The pages that are there for whoever comes. */
export const isOpen = ({ page }: Route) => page === 'pair' || page === 'welcome' || page === 'nowhere'

/** The right that a page of a shop takes. */
export const NEEDS: Record<ShopPage, Right> = {
  wall: 'watch',
  lead: 'act',
  replay: 'inspect',
  reports: 'inspect',
  handbook: 'inspect',
  screens: 'screens',
  keeping: 'govern',
  admin: 'configure',
}

/** The right that a page takes: at its shop, or at any. */
export function needOf(route: Route): Right | undefined {
  return route.page in NEEDS ? NEEDS[route.page as ShopPage] : undefined
}
