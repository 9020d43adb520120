export type Route = { page: 'overview' } | { page: 'wall'; shop: string }

/** Which page a path asks for; what is not known shows the overview. */
export function routeOf(path: string): Route {
  const wall = /^\/wall\/([^/]+)\/?$/.exec(path)
  return wall?.[1] ? { page: 'wall', shop: decodeURIComponent(wall[1]) } : { page: 'overview' }
}
