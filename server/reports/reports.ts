/** Reports of shops: of a period that is over each is worked out once, by the archive, and kept. */
import type { Kysely } from 'kysely'
import { type Annotation, annotationSubject, type Compared, type ReportAnswer } from '#core/report/answer.ts'
import { FIGURE_IDS, type FigureId } from '#core/report/figures.ts'
import { later, type Period } from '#core/report/period.ts'
import { REPORT_VERSION, type Report } from '#core/report/report.ts'
import { UnderWay } from '#core/underWay.ts'
import { SNAPSHOT_VERSION } from '#core/version.ts'
import { Zone } from '#core/zone.ts'
import { readEventsOfAny } from '#db/events.ts'
import { withdrawnNotes } from '#db/notes.ts'
import { deleteOtherReports, findEarlierReport, findReport, saveReport } from '#db/reports.ts'
import type { Database } from '#db/schema.ts'
import type { Archive } from '#server/archive/archive.ts'
import { formatInstant } from '#server/instant.ts'
import type { Rooms } from '#server/live/rooms.ts'
import { BeforeLog } from '#server/log/log.ts'
import type { ShopRecord } from '#server/shops.ts'

/** By what a kept report was made: of another release it is worked out anew. */
const VERSION = `${SNAPSHOT_VERSION}.${REPORT_VERSION}`
/** What the version of a report of the same form ends with. */
const SAME_FORM = `.${REPORT_VERSION}`
const MAX_ANNOTATIONS = 1_000

export class Reports {
  #db: Kysely<Database>
  #rooms: Rooms
  #archive: Archive
  /** By shop and period: who asks while it is being worked out waits for the same one. */
  #underWay = new UnderWay<string, Report>()

  constructor(db: Kysely<Database>, rooms: Rooms, archive: Archive) {
    this.#db = db
    this.#rooms = rooms
    this.#archive = archive
  }

  /** The report of a period, those before beside it; undefined when the period has not begun. */
  async answer(shop: ShopRecord, period: Period): Promise<ReportAnswer | undefined> {
    if (!(await this.#hasBegun(shop, period))) return undefined
    const next = later(period, 1)
    // The earliest first: the archive goes on from where it stands.
    const weekBefore = period.kind === 'day' ? await this.#compared(shop, later(period, -7)) : undefined
    const before = await this.#compared(shop, later(period, -1))
    const report = await this.#report(shop, period)
    return {
      period: { id: period.id, kind: period.kind },
      previous: later(period, -1).id,
      ...((await this.#hasBegun(shop, next)) && { next: next.id }),
      report,
      ...(before && { before }),
      ...(weekBefore && { weekBefore }),
      annotations: await this.#annotations(shop, period),
    }
  }

  /** Keeps the report of a period that is over, and of which nothing new is taken any more. */
  async keep(shop: ShopRecord, period: Period): Promise<void> {
    await this.#make(shop, period, true)
  }

  /** Lets go of the reports that another release made. */
  async dropForeign(): Promise<void> {
    await deleteOtherReports(this.#db, VERSION)
  }

  async #hasBegun(shop: ShopRecord, period: Period): Promise<boolean> {
    const room = await this.#rooms.of(shop)
    return new Zone(room.config.timezone).startOf(period.first) <= room.now
  }

  async #compared(shop: ShopRecord, period: Period): Promise<Compared | undefined> {
    const report = await this.#report(shop, period).catch(unlessKept)
    if (report === undefined || report.empty) return undefined
    const { figures } = report
    const known = figures.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value] as const]))
    return { period: period.id, figures: Object.fromEntries(known) as Compared['figures'] }
  }

  #report(shop: ShopRecord, period: Period): Promise<Report> {
    return this.#underWay.of(`${shop.id} ${period.id}`, () => this.#make(shop, period))
  }

  /** As known at the end of the period, or now; of days let go of as it was made before. */
  async #make(shop: ShopRecord, period: Period, settled = false): Promise<Report> {
    const room = await this.#rooms.of(shop)
    const { timezone } = room.config
    const zone = new Zone(timezone)
    const [from, to] = [zone.startOf(period.first), zone.startOf(period.last + 1)]
    const at = Math.min(room.now, to)
    const final = await room.reserve(at)
    const place = { shopId: shop.id, period: period.id, timezone, version: VERSION }
    const isOver = (final || settled) && at === to
    const kept = isOver ? await findReport(this.#db, place) : undefined
    if (kept !== undefined) return JSON.parse(kept) as Report
    let report: Report
    try {
      report = await this.#archive.look(shop, at, final, 'report', from, to)
    } catch (error) {
      const earlier = error instanceof BeforeLog && (await findEarlierReport(this.#db, place, SAME_FORM))
      if (!earlier) throw error
      return JSON.parse(earlier) as Report
    }
    // One of nothing is made quickly, and there is no end of such days.
    if (isOver && !report.empty) await saveReport(this.#db, place, JSON.stringify(report))
    return report
  }

  async #annotations(shop: ShopRecord, { id }: Period): Promise<Annotation[]> {
    const figures = new Map(FIGURE_IDS.map((figure) => [annotationSubject(id, figure), figure]))
    const stored = await readEventsOfAny(this.#db, shop.id, [...figures.keys()], MAX_ANNOTATIONS)
    const withdrawn = await withdrawnNotes(this.#db, shop.id, [...figures.keys()])
    return stored.flatMap(({ time, body }) => {
      const event = JSON.parse(body) as {
        id: string
        subject: string
        data: { cause: string; followUp?: string; by?: string; withdrawn?: boolean }
      }
      const { id, subject, data } = event
      if (data.withdrawn === true || withdrawn.has(id)) return []
      const { cause, followUp, by } = data
      const figure = figures.get(subject) as FigureId
      return { figure, cause, ...(followUp && { followUp }), ...(by && { by }), at: formatInstant(time) }
    })
  }
}

/** There is nothing to compare with where the log is not kept any more. */
function unlessKept(error: unknown): undefined {
  if (!(error instanceof BeforeLog)) throw error
}
