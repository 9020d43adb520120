/** What the archive asks of the log. */
import type { EventLog } from '#server/log/log.ts'

export type ArchivedLog = Pick<EventLog, 'readPage' | 'newestSnapshot' | 'snapshotPosition' | 'saveSnapshot'>
