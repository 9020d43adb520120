/** Events of every shop that were refused, kept until someone sends them again or lets them go. */
import type { Kysely } from 'kysely'
import { deleteRejected, findRejected, insertRejected, listRejected, type RejectedRow } from '#db/rejected.ts'
import type { Database } from '#db/schema.ts'

export interface Rejected {
  id: number
  body: string
  reason: string
  keyName: string
  /** Epoch ms. */
  receivedAt: number
}

export class RejectedEvents {
  #db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.#db = db
  }

  async add(shopId: number, rejected: readonly Omit<Rejected, 'id'>[]): Promise<void> {
    const rows = rejected.map(({ receivedAt, keyName, reason, body }) => ({
      received_at: receivedAt,
      key_name: keyName,
      reason,
      body,
    }))
    await insertRejected(this.#db, shopId, rows)
  }

  /** Newest first, those with an id below `before`. */
  async list(
    shopId: number,
    { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
  ): Promise<Rejected[]> {
    return (await listRejected(this.#db, shopId, before, limit)).map(rejectedOf)
  }

  async find(shopId: number, id: number): Promise<Rejected | undefined> {
    const row = await findRejected(this.#db, shopId, id)
    return row && rejectedOf(row)
  }

  async remove(shopId: number, id: number): Promise<void> {
    await deleteRejected(this.#db, shopId, id)
  }
}

function rejectedOf(row: RejectedRow): Rejected {
  return { id: row.id, body: row.body, reason: row.reason, keyName: row.key_name, receivedAt: row.received_at }
}
