/**
 * A program that opens a database, takes up a shop's log where it ends and appends to it without end, to be killed.
 * `node appender.ts WHERE SHOP LIFE`: prints `ready`, then the number of each append once it is acknowledged; the nth
 * holds n % 50 + 1 events with ids LIFE.n.0, LIFE.n.1 …
 */
import { writeSync } from 'node:fs'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'
import { EventLog } from '#server/log/log.ts'
import { incoming, live } from './incoming.ts'

const [where, shop, life] = process.argv.slice(2)
const { db } = await openDatabase(JSON.parse(where as string))
await migrate(db)
const log = new EventLog(db)
let head = await log.head(Number(shop))
writeSync(1, 'ready\n')
for (let n = 0; ; n++) {
  const events = Array.from({ length: (n % 50) + 1 }, (_, i) => incoming(`${life}.${n}.${i}`, { subject: `s${i}` }))
  const appended = await log.append(Number(shop), head, [{ stamp: live(head.recordedAt + 1), events }])
  head = appended.head
  writeSync(1, `${n}\n`)
}
