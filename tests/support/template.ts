import { migrate } from '#db/migrate.ts'
import { openDatabase } from '#db/open.ts'

/** Makes a data directory with an embedded database in it, with the product's tables, to be copied. */
export async function makeTemplate(dataDir: string): Promise<void> {
  const { db, close } = await openDatabase({ dataDir })
  await migrate(db)
  await close()
}
