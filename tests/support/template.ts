import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'

/**
 * Makes a data directory with an embedded database in it, with the product's tables, to be copied. It is made where an
 * earlier making was stopped half-way.
 */
export async function makeTemplate(dataDir: string): Promise<void> {
  mkdirSync(path.join(dataDir, 'pglite.new'), { recursive: true })
  writeFileSync(path.join(dataDir, 'pglite.new', 'PG_VERSION'), '17\n')
  const { db, close } = await openDatabase({ dataDir })
  await migrate(db)
  await close()
}
