/** The record: who signed in, changed what, took something out or away. Rows are only added. */
import type { Kysely } from 'kysely'
import type { Action } from '#core/auditActions.ts'
import { type AuditAsked, type AuditRow, insertAudit, listAudit } from '#db/audit.ts'
import type { Database } from '#db/schema.ts'
import type { Clock } from '#server/live/clock.ts'
import type { Grant } from './grant.ts'

export interface Deed {
  shop?: string | undefined
  /** Whom or what it was done to. */
  target?: string | undefined
  detail?: string | undefined
  address?: string | undefined
}

type Actor = AuditRow['actor']
const NOBODY: Actor = { kind: 'nobody', name: '' }

export class Audit {
  #db: Kysely<Database>
  #clock: Clock

  constructor(db: Kysely<Database>, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** What is noted stands before the answer goes out. */
  async note(who: Grant | Actor | undefined, action: Action, deed: Deed = {}): Promise<void> {
    const { shop, target, detail, address } = deed
    await insertAudit(this.#db, {
      at: this.#clock.now(),
      actor:
        who === undefined ? NOBODY : { kind: who.kind, name: who.name, ...(who.id !== undefined && { id: who.id }) },
      action,
      ...(shop !== undefined && { shop }),
      ...(target !== undefined && { target: target.slice(0, MAX_TEXT) }),
      ...(detail !== undefined && { detail: detail.slice(0, MAX_TEXT) }),
      ...(address !== undefined && { address }),
    })
  }

  list(asked: AuditAsked): Promise<AuditRow[]> {
    return listAudit(this.#db, asked)
  }
}

const MAX_TEXT = 500
