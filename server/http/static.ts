/** The built pages. Names with a hash in them never change; every page of the product is the one index.html. */
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import type { Env } from './door.ts'

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ')

function keepForEver(_path: string, c: Context): void {
  c.header('cache-control', 'public, max-age=31536000, immutable')
}

export function staticRoutes(distDir: string) {
  const page = serveStatic({ root: distDir, rewriteRequestPath: () => '/index.html' })
  return new Hono<Env>()
    .use('*', async (c, next) => {
      await next()
      c.header('content-security-policy', POLICY)
      c.header('x-content-type-options', 'nosniff')
      c.header('referrer-policy', 'no-referrer')
    })
    .get('/assets/*', serveStatic({ root: distDir, onFound: keepForEver }))
    .get('/', page)
    .get('/wall/*', page)
    .get('/lead/*', page)
    .get('/handbook/*', page)
    .get('/:file{[^/]+\\.[a-z0-9]+}', serveStatic({ root: distDir }))
}
