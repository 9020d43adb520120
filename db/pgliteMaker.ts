/** The process that makes an embedded database in the directory it is told, and ends. */
import { openPglite } from './pglite.ts'
import { saidBy } from './saidBy.ts'

const [directory] = process.argv.slice(2)
if (directory === undefined) throw new Error('expected a directory')
// Whoever wanted it is gone.
process.once('disconnect', () => process.exit(1))
try {
  await (await openPglite(directory)).close()
} catch (error) {
  console.error(saidBy(error))
  process.exitCode = 1
}
process.removeAllListeners('disconnect')
process.disconnect?.()
