/** `npm run demo`: the server on its embedded database, with a simulated shop that lives in real time. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { StartupError } from '#db/startupError.ts'
import { startServer } from '#server/main.ts'
import { readSettings, StartError } from '#server/settings.ts'
import { UsageError } from '../play/usageError.ts'
import { emptyDirectory } from './emptyDirectory.ts'
import { live, SHOP } from './live.ts'

/** Whoever opens the link may look at everything and try everything. */
const VISITOR = { name: '演示 Demo', username: 'demo', everywhere: 'admin' } as const

const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
process.once('SIGTERM', () => stopping.abort())

try {
  await run()
} catch (error) {
  if (!isPlain(error)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { adminKey = randomBytes(24).toString('base64url'), ...settings } = readSettings(process.env)
  const dataDir = join(settings.dataDir, 'demo')
  const logLevel = process.env.LOG_LEVEL ? settings.logLevel : 'warn'
  emptyDirectory(dataDir)
  const server = await startServer({ ...settings, databaseUrl: undefined, dataDir, logLevel, adminKey })
  server.ended.then(({ message }) => {
    console.error(message)
    process.exit(1)
  })
  try {
    const link = await server.enterLink(`/wall/${SHOP}`, VISITOR)
    await live({ url: server.url, adminKey, link }, process.stdout, stopping.signal)
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    process.stdout.write('\nThe shop closes.\n')
  } finally {
    await server.close()
  }
}

/** Something for the person at the keyboard to change, said in one line. */
function isPlain(error: unknown): error is Error {
  return error instanceof StartError || error instanceof StartupError || error instanceof UsageError
}
