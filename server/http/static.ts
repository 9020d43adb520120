/** The built pages. Names with a hash in them never change; every page of the product is the one index.html. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { PAGES } from '#server/auth/access.ts'
import type { Env } from './door.ts'

function keepForEver(_path: string, c: Context): void {
  c.header('cache-control', 'public, max-age=31536000, immutable')
}

/** Whether a reader asks, and not a program: to them the page itself says that there is nothing. */
export const isForReader = (c: Context): boolean =>
  c.req.method === 'GET' && !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html')

/** The page of an address that leads nowhere; undefined where none was built. */
export async function nowhere(distDir: string, c: Context): Promise<Response | undefined> {
  const html = await readFile(join(distDir, 'index.html'), 'utf8').catch(() => undefined)
  return html === undefined ? undefined : c.html(html, 404, { vary: 'accept' })
}

export function staticRoutes(distDir: string) {
  const page = serveStatic({ root: distDir, rewriteRequestPath: () => '/index.html' })
  return new Hono<Env>()
    .get('/assets/*', serveStatic({ root: distDir, onFound: keepForEver }))
    .get('/', page)
    .on('GET', PAGES, page)
}
