/** A local day of a shop: its bounds, the days it has, and what people noted or changed on it. */
import { createRoute, z } from '@hono/zod-openapi'
import { Book } from '#core/book.ts'
import { dateOf, dayOfDate, Zone } from '#core/zone.ts'
import { formatInstant } from '#server/instant.ts'
import { toRecorded } from '#server/log/decode.ts'
import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
import { Problem } from './problem.ts'
import { json, localDate, orProblem, shopPath } from './schemas.ts'

const MAX_MARKS = 1_000
const KINDS = { 'note.added': 'note', 'handbook.changed': 'handbook', 'shop.configured': 'settings' } as const

const daySchema = z
  .object({
    shop: z.string(),
    name: z.string(),
    timezone: z.string(),
    date: z.string(),
    from: z.string().openapi({ description: 'Local midnight.' }),
    to: z.string().openapi({ description: 'The next one.' }),
    upTo: z.string().openapi({ description: 'As far as there is anything to see: the end of the day, or now.' }),
    opens: z.string().openapi({ description: 'When service begins; local midnight where it is closed all day.' }),
    today: z.string(),
    firstDate: z.string().optional().openapi({ description: 'Of the first event; left out when there is none.' }),
    marks: z
      .array(
        z.object({
          at: z.string(),
          kind: z.enum(['note', 'handbook', 'settings']),
          text: z.string().optional(),
          by: z.string().optional(),
        }),
      )
      .openapi({ description: `What was noted or changed on the day, at most ${MAX_MARKS}.` }),
  })
  .openapi('Day')
export type Day = z.output<typeof daySchema>

export function dayRoutes(deps: Deps) {
  const day = createRoute({
    method: 'get',
    path: '/api/shops/{shop}/days/{date}',
    summary: 'A day of the shop’s calendar: from when to when, and what people noted or changed on it',
    request: { params: shopPath.extend({ date: localDate }) },
    responses: { 200: json(daySchema, 'The day.'), ...orProblem },
  })

  return newApi().openapi(day, async (c) => {
    const { date } = c.req.valid('param')
    const { shop } = c.var
    const room = await deps.rooms.of(shop)
    const { name, timezone } = room.config
    const zone = new Zone(timezone)
    const now = room.now
    const from = zone.startOf(dayOfDate(date))
    const to = zone.startOf(dayOfDate(date) + 1)
    if (from > now) {
      const today = dateOf(zone.dayOf(now))
      throw new Problem(422, `date: expected a day up to today, ${today}.`, { members: { code: 'not_yet' } })
    }
    await deps.log.demandKept(shop.id, from)
    const first = await deps.log.beginning(shop.id)
    const stored = await deps.log.readOfWithin(shop.id, shop.slug, { from, to, limit: MAX_MARKS })
    const withdrawn = await deps.log.withdrawnNotes(shop.id, shop.slug)
    const told = stored.map(toRecorded).filter(({ id }) => !withdrawn.has(id))
    c.header('cache-control', 'no-store')
    return c.json(
      {
        shop: shop.slug,
        name,
        timezone,
        date,
        from: formatInstant(from),
        to: formatInstant(to),
        upTo: formatInstant(Math.min(to, now)),
        opens: formatInstant(new Book(room.config).calendars.service.spans(dayOfDate(date))[0] ?? from),
        today: dateOf(zone.dayOf(now)),
        ...(first !== undefined && { firstDate: dateOf(zone.dayOf(first)) }),
        marks: told.flatMap(markOf),
      },
      200,
    )
  })
}

function markOf({ type, recordedAt, data }: ReturnType<typeof toRecorded>): Day['marks'] {
  const kind = (KINDS as Partial<Record<string, Day['marks'][number]['kind']>>)[type]
  if (kind === undefined) return []
  const { text, reason, by, withdrawn } = data as Partial<Record<string, string>> & { withdrawn?: boolean }
  if (withdrawn === true) return []
  const words = text ?? reason
  return [{ at: formatInstant(recordedAt), kind, ...(words && { text: words }), ...(by && { by }) }]
}
