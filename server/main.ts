/** Puts the parts together and listens. Run as a program, it serves until it is told to stop. */
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { migrate } from '#db/migrate.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import { StartupError } from '#db/startupError.ts'
import { isUnavailable } from '#db/unavailable.ts'
import { createApp } from './app.ts'
import { Archive } from './archive/archive.ts'
import { ShopArchive } from './archive/shopArchive.ts'
import { KeyRing } from './auth/keyRing.ts'
import { Door } from './http/door.ts'
import { createServers, listen, type RunningServer } from './listen.ts'
import { AlertBook } from './live/alertBook.ts'
import { Charts } from './live/charts.ts'
import { systemClock } from './live/clock.ts'
import { Commands } from './live/commands.ts'
import { Edge } from './live/edge.ts'
import { Metrics } from './live/metrics.ts'
import { Room } from './live/room.ts'
import { Rooms } from './live/rooms.ts'
import { Segments } from './live/segments.ts'
import { Witness } from './live/witness.ts'
import { EventLog } from './log/log.ts'
import { Reports } from './reports/reports.ts'
import { readSettings, type Settings, StartError } from './settings.ts'
import { Shops } from './shops.ts'

export type { RunningServer } from './listen.ts'

/** What a stop may take; a database that is gone would have it wait for ever. */
const STOP_MS = 30_000

/**
 * A running server. `url` has no slash at its end; `close` finishes and answers what has come in, then stops.
 * @throws StartError or StartupError: one line that says what to do
 */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const logger = pino({ level: settings.logLevel, base: null })
  const database = await openDatabase(settings)
  try {
    await migrate(database.db)
    return await serve(settings, database, logger)
  } catch (error) {
    await database.close()
    throw error
  }
}

async function serve(settings: Settings, database: OpenDatabase, logger: Logger): Promise<RunningServer> {
  const { db } = database
  const clock = systemClock
  const log = new EventLog(db)
  await log.dropForeignSnapshots()
  const shops = new Shops(db)
  const keys = new KeyRing(db, settings.adminKey)
  const metrics: Metrics = new Metrics(() => ({ ...rooms.sizes, screens: edge.screens }))
  const archive = new Archive(log)
  const rooms = new Rooms((shop) => {
    const warn = (err: unknown, what: string) => logger.warn({ err, shop: shop.slug }, what)
    const alerts = new AlertBook(log, shop.id, warn)
    const ofShop = new ShopArchive({ archive, log, shop, flushAlerts: () => alerts.flush(), warn })
    const witness = new Witness(db, shop.id, warn)
    return Room.open({ shop, log, clock, alerts, archive: ofShop, witness, metrics, warn })
  })
  const charts = new Charts(archive, rooms)
  const segments = new Segments(archive, rooms)
  const reports = new Reports(db, rooms, archive)
  await reports.dropForeign()
  const commands = new Commands(db, rooms, clock)
  const door = new Door(keys, shops)
  const distDir = join(import.meta.dirname, '../dist')
  const app = createApp({
    shops,
    keys,
    door,
    rooms,
    log,
    archive,
    charts,
    segments,
    reports,
    commands,
    metrics,
    clock,
    logger,
    distDir,
  })
  const { http, io } = createServers(app.fetch)
  const edge = new Edge(io, { keys, shops, rooms })

  const known = await shops.list()
  const listening = await listen(http, io, settings.host, settings.port)
  logger.info({ url: listening.url, database: database.kind }, 'listening')
  const opening = rooms.openAll(known).catch((err) => logger.error({ err }, 'a room did not open'))
  return {
    url: listening.url,
    async close() {
      await listening.close()
      await opening
      await rooms.close()
      await archive.close()
      await database.close()
      logger.info('stopped')
    },
  }
}

/** Serves until SIGTERM or SIGINT. */
async function run(): Promise<void> {
  const server = await startServer(readSettings(process.env))
  let stopping = false
  // Told twice, as by npm and the terminal at once, it stops once.
  const stop = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => fail(new StartError('The database did not answer in time: stopped without it.')), STOP_MS).unref()
    server.close().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function fail(error: unknown): never {
  process.stderr.write(`${wordsOf(error)}\n`)
  process.exit(1)
}

/** One line where it is known what to do, else all there is. */
function wordsOf(error: unknown): string {
  if (error instanceof StartError || error instanceof StartupError) return error.message
  if (isUnavailable(error)) return 'Stopped while the database did not answer: start again once it does.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

if (import.meta.main) run().catch(fail)
