/** The reference of a restart: a process that opens the database, reads the log's last row and says so. */
import { openDatabase } from '#db/open.ts'

const { db, close } = await openDatabase({ dataDir: process.env.DATA_DIR ?? '' })
await db.selectFrom('events').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow()
process.stdout.write('open\n', () => void close())
