/** What a day or a week amounts to, as JSON or as tables for a spreadsheet. */
import { createRoute, z } from '@hono/zod-openapi'
import type { ReportAnswer } from '#core/report/answer.ts'
import { periodOf } from '#core/report/period.ts'
import { toCsv } from '#server/reports/csv.ts'
import { TABLES, tableOf } from '#server/reports/tables.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, orProblem, shopPath } from './schemas.ts'
import { isWanted } from './wanted.ts'

const CSV = 'text/csv; charset=utf-8'
const answer = z.custom<ReportAnswer>().openapi('Report', { type: 'object', additionalProperties: true })

export function reportRoutes(deps: Deps) {
  const report = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/reports/{period}',
    summary: 'The figures of a local day or an ISO week, as known at its end, with those before beside it',
    request: {
      params: shopPath.extend({ period: z.string().openapi({ example: '2026-W47' }) }),
      query: z.object({
        format: z.enum(['json', 'csv']).optional().openapi({ description: 'Or ask by Accept: text/csv.' }),
        table: z.enum(TABLES).default('figures').openapi({ description: 'Of CSV: which table.' }),
        lang: z.enum(['zh-CN', 'en']).default('zh-CN').openapi({ description: 'Of CSV: in which language.' }),
      }),
    },
    responses: {
      200: {
        ...json(answer, 'The report; `soFar` while its period is running. A figure that cannot be known says `why`.'),
        content: { 'application/json': { schema: answer }, 'text/csv': { schema: z.string() } },
      },
      ...orProblem,
    },
  })

  return newApi().openapi(report, async (c) => {
    const { shop } = c.var
    const { format, table, lang } = c.req.valid('query')
    const period = periodOf(c.req.valid('param').period)
    if (period === undefined)
      throw new Problem(422, 'period: expected a date such as 2026-11-23 or an ISO week such as 2026-W47.', {
        members: { code: 'bad_period' },
      })
    const found = await deps.reports.answer(shop, period)
    if (found === undefined)
      throw new Problem(422, 'period: expected one that has begun.', { members: { code: 'not_yet' } })
    c.header('cache-control', 'no-store')
    c.header('vary', 'accept')
    const wantsCsv = format === undefined ? isWanted(c, 'text/csv') : format === 'csv'
    if (!wantsCsv) return c.json(found, 200)
    c.header('content-type', CSV)
    c.header('content-disposition', `attachment; filename="${shop.slug}-${period.id}-${table}.csv"`)
    return c.body(toCsv(tableOf(found, table, lang)), 200)
  })
}
