/** `npm run play`: a recording of events into a running server. */
import { parseArguments, USAGE } from './arguments.ts'
import { play } from './play.ts'
import { UsageError } from './usageError.ts'

const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
process.once('SIGTERM', () => stopping.abort())

try {
  const options = parseArguments(process.argv.slice(2), process.env)
  if (options === 'help') console.log(USAGE)
  else await play(options, process.stdout, stopping.signal)
} catch (error) {
  process.exitCode = 1
  if (stopping.signal.aborted) console.log('stopped')
  else if (error instanceof UsageError) console.error(error.message)
  else throw error
}
