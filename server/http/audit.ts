/** The record of who did what: of a shop, or of the whole installation; as a page or as a table to keep. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { ACTIONS } from '#core/auditActions.ts'
import type { AuditRow } from '#db/audit.ts'
import { formatInstant } from '#server/instant.ts'
import { type Cell, csvRows, toCsv } from '#server/reports/csv.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import type { Env } from './door.ts'
import { instant, orProblem, pageSize, shopPath, wholeNumber } from './schemas.ts'
import { streamed } from './streamed.ts'
import { isWanted } from './wanted.ts'

const MOST = 500
/** Of a table to keep, at a time. */
const PAGE_ROWS = 2_000

const entry = z
  .object({
    id: z.number(),
    at: z.string(),
    actor: z.object({ kind: z.string(), id: z.string().optional(), name: z.string() }),
    action: z.enum(ACTIONS),
    shop: z.string().optional(),
    target: z.string().optional(),
    detail: z.string().optional(),
    address: z.string().optional(),
  })
  .openapi('AuditEntry')
const query = z.object({
  action: z.enum(ACTIONS).optional(),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Before this instant.' }),
  before: wholeNumber(Number.MAX_SAFE_INTEGER).optional().openapi({ description: '`next` of the page before.' }),
  limit: pageSize(MOST, 100),
  format: z
    .enum(['json', 'csv'])
    .optional()
    .openapi({ description: 'csv: all of it as a table, whatever `limit` says.' }),
})
type Asked = z.output<typeof query>
const CSV = 'text/csv'
const responses = {
  200: {
    description: 'The newest first.',
    content: {
      'application/json': { schema: z.object({ entries: z.array(entry), next: z.number().optional() }) },
      [CSV]: { schema: z.string() },
    },
  },
  ...orProblem,
}

export function auditRoutes(deps: Deps) {
  const all = createRoute({
    method: 'get',
    path: '/api/audit',
    summary: 'The record of everything',
    request: { query },
    responses,
  })
  const ofShop = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/audit',
    summary: 'The record of the shop',
    request: { params: shopPath, query },
    responses,
  })

  return newApi()
    .openapi(all, async (c) => (await answer(c, c.req.valid('query'))) as never)
    .openapi(ofShop, async (c) => {
      return (await answer(c, c.req.valid('query'), c.var.shop.slug)) as never
    })

  async function answer(c: Context<Env>, asked: Asked, shop?: string): Promise<Response> {
    const { format, limit, ...which } = asked
    c.header('cache-control', 'no-store')
    if (format === 'csv' || (format === undefined && isWanted(c, CSV))) {
      const name = `record-${shop ?? 'all'}-${formatInstant(deps.clock.now()).slice(0, 10)}.csv`
      c.header('content-type', `${CSV}; charset=utf-8`)
      c.header('content-disposition', `attachment; filename="${name}"`)
      return streamed(c, deps.logger, table(which, shop))
    }
    const rows = await deps.audit.list({ ...which, shop, limit: limit + 1 })
    const entries = rows.slice(0, limit)
    const next = rows.length > limit && { next: entries.at(-1)?.id }
    return c.json({ entries: entries.map((row) => ({ ...row, at: formatInstant(row.at) })), ...next })
  }

  async function* table(which: Omit<Asked, 'format' | 'limit'>, shop?: string): AsyncIterable<string> {
    yield toCsv([COLUMNS])
    for (let { before } = which; ; ) {
      const rows = await deps.audit.list({ ...which, shop, before, limit: PAGE_ROWS })
      yield csvRows(rows.map(cells))
      if (rows.length < PAGE_ROWS) return
      before = rows.at(-1)?.id
    }
  }
}

const COLUMNS = ['id', 'at', 'who', 'kind', 'action', 'shop', 'target', 'detail', 'address']

function cells({ id, at, actor, action, shop, target, detail, address }: AuditRow): Cell[] {
  return [String(id), formatInstant(at), actor.name, actor.kind, action, shop, target, detail, address]
}
