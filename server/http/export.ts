/** A shop's log as a file: some local days of it, or all, to be kept or loaded elsewhere. */
import { createRoute, z } from '@hono/zod-openapi'
import { dayOfDate, Zone } from '#core/zone.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { withPlace } from './events.ts'
import { Problem } from './problem.ts'
import { localDate, orProblem, shopPath } from './schemas.ts'
import { streamed } from './streamed.ts'

const PAGE_EVENTS = 1_000

/** The first line of the file. */
export interface ExportHead {
  floorwatch: 'export'
  shop: string
  /** As the shop was first configured: the same log under another zone is another history. */
  config: { name: string; timezone: string; handbook?: unknown }
  /** The events that follow are those after this seq, up to and with `head`. */
  after: number
  head: number
}

export function exportRoutes(deps: Deps) {
  const exported = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/export',
    summary: 'The log of some local days, or all of it, as NDJSON: a line that says what it is, then an event a line',
    request: {
      params: shopPath,
      query: z.object({
        from: localDate
          .optional()
          .openapi({ description: 'The first day; the beginning of what is kept when left out.' }),
        to: localDate.optional().openapi({ description: 'The last day; today when left out.' }),
      }),
    },
    responses: {
      200: {
        description: 'In order of seq, each event with its seq and recordedAt.',
        content: { 'application/x-ndjson': { schema: z.string() } },
      },
      ...orProblem,
    },
  })

  return newApi().openapi(exported, async (c) => {
    const { shop } = c.var
    const { from, to } = c.req.valid('query')
    if (from !== undefined && to !== undefined && from > to)
      throw new Problem(422, 'to: expected a day not before `from`.')
    const room = await deps.rooms.of(shop)
    const zone = new Zone(room.config.timezone)
    const seqBefore = (day: number) => deps.log.lastSeqBefore(shop.id, zone.startOf(day))
    if (from !== undefined) await deps.log.demandKept(shop.id, zone.startOf(dayOfDate(from)))
    const cut = (await deps.log.cutOf(shop.id))?.seq ?? 0
    const after = Math.max(cut, from === undefined ? 0 : await seqBefore(dayOfDate(from)))
    const head = to === undefined ? room.head.seq : await seqBefore(dayOfDate(to) + 1)
    const { shop: slug, ...config } = shop.config
    const first: ExportHead = { floorwatch: 'export', shop: slug, config, after, head: Math.max(after, head) }
    await deps.audit.note(c.var.grant, 'exported', {
      shop: slug,
      detail: `the log, ${from ?? 'from its beginning'} to ${to ?? 'today'}`,
      address: c.var.address,
    })
    c.header('content-type', 'application/x-ndjson')
    c.header('content-disposition', `attachment; filename="${[slug, from, to].filter(Boolean).join('_')}.ndjson"`)
    c.header('cache-control', 'no-store')
    return streamed(c, deps.logger, linesFrom(shop.id, first)) as never
  })

  async function* linesFrom(shopId: number, first: ExportHead): AsyncIterable<string> {
    yield `${JSON.stringify(first)}\n`
    for (let at = first.after; at < first.head; ) {
      const page = await deps.log.read(shopId, { after: at, limit: Math.min(PAGE_EVENTS, first.head - at) })
      if (page[0]?.seq !== at + 1) throw new Error('days of the log were let go of while it was exported')
      yield page.map((stored) => `${JSON.stringify(withPlace(stored))}\n`).join('')
      at = page.at(-1)?.seq ?? first.head
    }
  }
}
