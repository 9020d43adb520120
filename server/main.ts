/** Puts the parts together and listens. Run as a program, it serves until it is told to stop. */
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { Role } from '#core/rights.ts'
import { migrate } from '#db/migrate.ts'
import { type OpenDatabase, openDatabase } from '#db/open.ts'
import { StartupError } from '#db/startupError.ts'
import { isUnavailable } from '#db/unavailable.ts'
import { createApp } from './app.ts'
import { Archive } from './archive/archive.ts'
import { liftBases } from './archive/liftBases.ts'
import { ShopArchive } from './archive/shopArchive.ts'
import { enterLink, openDoors } from './auth/doors.ts'
import { Door } from './http/door.ts'
import { securityHeaders } from './http/headers.ts'
import { Erasures } from './keeping/erasure.ts'
import { Keeping } from './keeping/keeping.ts'
import { ShopMutex } from './keeping/shopMutex.ts'
import { createServers, type Listening, listen } from './listen.ts'
import { AlertBook } from './live/alertBook.ts'
import { Charts } from './live/charts.ts'
import { ChecksumRecorder } from './live/checksumRecorder.ts'
import { systemClock } from './live/clock.ts'
import { Commands } from './live/commands.ts'
import { Edge } from './live/edge.ts'
import { Metrics } from './live/metrics.ts'
import { Room } from './live/room.ts'
import { Rooms } from './live/rooms.ts'
import { Segments } from './live/segments.ts'
import { EventLog } from './log/log.ts'
import { Reports } from './reports/reports.ts'
import { readSettings, type Settings, StartError } from './settings.ts'
import { Shops } from './shops.ts'

export interface RunningServer extends Listening {
  /** Resolves when its database has stopped by itself: it cannot go on. */
  ended: Promise<StartupError>
  /** Makes the first administrator, once; undefined when there is one. */
  setupLink: string | undefined
  /**
   * A link that signs in, as long as this process lives, as somebody it makes for it: for whoever started the server
   * themselves, as a demo does.
   */
  enterLink(path: string, person: { name: string; username: string; everywhere: Role }): Promise<string>
}

/** What a stop may take; a database that is gone would have it wait for ever. */
const STOP_MS = 30_000

/**
 * A running server. `url` has no slash at its end; `close` finishes and answers what has come in, then stops.
 * @throws StartError or StartupError: one line that says what to do
 */
export async function startServer(settings: Settings): Promise<RunningServer> {
  const logger = pino({ level: settings.logLevel, base: null })
  const database = await openDatabase(settings)
  const begin = async () => {
    await migrate(database.db)
    return await serve(settings, database, logger)
  }
  try {
    return await Promise.race([begin(), database.ended.then((error) => Promise.reject(error))])
  } catch (error) {
    await database.close()
    throw error
  }
}

async function serve(settings: Settings, database: OpenDatabase, logger: Logger): Promise<RunningServer> {
  const { db } = database
  const clock = systemClock
  const log = new EventLog(db)
  await log.snapshots.dropForeign()
  await liftBases(log.snapshots, (err, what) => logger.error({ err }, what))
  const shops = new Shops(db)
  const doors = await openDoors(db, settings, { shops, clock, logger })
  const { keys, people, screens, sessions, limits } = doors
  const proxies = settings.proxies ?? 0
  const door = new Door({ keys, sessions, shops, limits, proxies })
  const metrics: Metrics = new Metrics(() => ({ ...rooms.sizes, screens: edge.screens }))
  const archive = new Archive(log)
  const rooms = new Rooms((shop) => {
    const warn = (err: unknown, what: string) => logger.warn({ err, shop: shop.slug }, what)
    const alerts = new AlertBook(log.alerts, shop.id, warn)
    const ofShop = new ShopArchive({ archive, log, shop, clock, flushAlerts: () => alerts.flush(), warn })
    const checksums = new ChecksumRecorder(db, shop.id, warn)
    return Room.open({ shop, log, clock, alerts, archive: ofShop, checksums, metrics, warn })
  })
  const charts = new Charts(archive, rooms)
  const segments = new Segments(archive, rooms)
  const reports = new Reports(db, rooms, archive)
  await reports.dropForeign()
  const commands = new Commands(db, rooms, clock)
  const mutex = new ShopMutex()
  const erasures = new Erasures({ db, log, rooms, archive, mutex })
  const keeping = new Keeping({
    db,
    log,
    shops,
    rooms,
    archive,
    reports,
    clock,
    mutex,
    warn: (err, what) => logger.warn({ err }, what),
  })
  const distDir = join(import.meta.dirname, '../dist')
  const app = createApp({
    ...doors,
    door,
    db,
    shops,
    rooms,
    log,
    archive,
    charts,
    segments,
    reports,
    commands,
    erasures,
    keeping,
    metrics,
    clock,
    logger,
    distDir,
  })
  const { http, io } = createServers(app.fetch, securityHeaders(settings.publicUrl))
  const edge = new Edge(io, { keys, sessions, screens, shops, rooms, clock, proxies })

  const known = await shops.list()
  const listening = await listen(http, io, settings.host, settings.port)
  logger.info({ url: listening.url, database: database.kind }, 'listening')
  const setupLink = (await people.lackAdmin())
    ? `${settings.publicUrl ?? listening.url}/welcome#token=${doors.links.issue({ kind: 'setup' })}`
    : undefined
  const opening = rooms.openAll(known).catch((err) => logger.error({ err }, 'a room did not open'))
  opening.then(() => keeping.begin())
  return {
    url: listening.url,
    setupLink,
    ended: database.ended,
    enterLink: (path, person) => enterLink(doors, `${listening.url}${path}`, person),
    async close() {
      await listening.close()
      await opening
      await keeping.close()
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
  if (server.setupLink !== undefined)
    process.stderr.write(`Nobody can sign in yet. Set up the first administrator:\n  ${server.setupLink}\n`)
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
  fail(await server.ended)
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
