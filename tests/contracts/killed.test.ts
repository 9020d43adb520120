/** What is left when the process is killed in the middle of its work. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openDatabase } from '#db/open.ts'
import { EventLog } from '#server/log/log.ts'
import { DATABASE_KINDS, newDatabase, type Where } from '../support/database.ts'

const APPENDER = path.join(import.meta.dirname, '../support/appender.ts')
const SHOP = 1
/** Killed after so many acknowledgements, each time while the next append is under way. */
const LIVES = [0, 5, 40]

test.each(DATABASE_KINDS)(
  '[L9] %s: kill -9 loses nothing acknowledged and leaves no append in part',
  async (kind) => {
    const where = await newDatabase(kind)
    const acknowledged: number[] = []
    for (const [life, acks] of LIVES.entries()) acknowledged.push(await liveAndDie(where, life, acks))

    const { db, close } = await openDatabase(where)
    const log = new EventLog(db)
    const bodies: { id: string }[] = []
    for (let after = 0; ; ) {
      const page = await log.read(SHOP, { after, limit: 1_000 })
      expect(page.map(({ seq }) => seq)).toEqual(page.map((_, i) => after + i + 1))
      bodies.push(...page.map(({ body }) => JSON.parse(body)))
      after = page.at(-1)?.seq ?? after
      if (page.length === 0) break
    }
    await close()

    const held = new Map<string, number>()
    for (const { id } of bodies) {
      const append = id.slice(0, id.lastIndexOf('.'))
      held.set(append, (held.get(append) ?? 0) + 1)
    }
    for (const [append, events] of held)
      expect(events, `append ${append}`).toBe((Number(append.split('.')[1]) % 50) + 1)
    for (const [life, last] of acknowledged.entries())
      for (let n = 0; n <= last; n++) expect(held.has(`${life}.${n}`), `append ${life}.${n}`).toBe(true)
  },
  180_000,
)

/** @returns the number of the last append that was acknowledged, -1 for none */
async function liveAndDie(where: Where, life: number, acks: number): Promise<number> {
  const child = spawn(process.execPath, [APPENDER, JSON.stringify(where), `${SHOP}`, `${life}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let last = -1
  for await (const line of createInterface(child.stdout)) {
    if (line !== 'ready') last = Number(line)
    if (last + 1 >= acks) child.kill('SIGKILL')
  }
  await gone
  expect(last + 1).toBeGreaterThanOrEqual(acks)
  return last
}
