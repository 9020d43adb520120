/** The built pages. Names with a hash in them never change; every page of the product is the one index.html. */
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { PAGES } from '#server/auth/access.ts'
import type { Env } from './door.ts'

function keepForEver(_path: string, c: Context): void {
  c.header('cache-control', 'public, max-age=31536000, immutable')
}

export function staticRoutes(distDir: string) {
  const page = serveStatic({ root: distDir, rewriteRequestPath: () => '/index.html' })
  return new Hono<Env>()
    .get('/assets/*', serveStatic({ root: distDir, onFound: keepForEver }))
    .get('/', page)
    .on('GET', PAGES, page)
}
