/** What the archive asks of the log. */
import type { EventLog, NewSnapshot } from '#server/log/log.ts'

export type ArchivedLog = Pick<EventLog, 'readPage' | 'snapshotPosition'> & SavedLog

/** What the newest floor is read from. */
export type SavedLog = Pick<EventLog, 'newestSnapshot' | 'snapshotPieces' | 'cutOf'>

/** What a scribe asks of it. */
export interface ScribedLog extends ArchivedLog {
  /** Rejects when the log has been rewritten since the edition that the snapshot is of. */
  saveSnapshot(shopId: number, snapshot: NewSnapshot, edition: number): Promise<void>
}
