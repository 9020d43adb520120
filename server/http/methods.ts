/** The methods that a path does know, for a request that came with another. */
interface Route {
  method: string
  path: string
}

export function otherMethods(routes: readonly Route[], method: string, path: string): string[] {
  const methods = routes.filter(
    (route) => route.method !== 'ALL' && route.method !== method && matches(route.path, path),
  )
  return [...new Set(methods.map((route) => route.method))].sort()
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}$`).test(path)
}
