/** What the archive asks of the log. */
import type { EventLog } from '#server/log/log.ts'
import type { NewSnapshot, Snapshots } from '#server/log/snapshots.ts'

/** What the newest floor is read from. */
export interface SavedLog extends Pick<EventLog, 'cutOf'> {
  snapshots: Pick<Snapshots, 'newest' | 'pieces'>
}

export interface ArchivedLog extends Pick<EventLog, 'cutOf' | 'readPage'> {
  snapshots: Pick<Snapshots, 'newest' | 'pieces' | 'position'>
}

/** What a writer asks of it. */
export interface WrittenLog extends ArchivedLog {
  snapshots: ArchivedLog['snapshots'] & {
    /** Rejects when the log has been rewritten since the edition that the snapshot is of. */
    save(shopId: number, snapshot: NewSnapshot, edition: number): Promise<void>
  }
}
