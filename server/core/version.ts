/** Raised whenever the meaning of the saved text, or of the fold, changes: older snapshots are then dropped and rebuilt. */
export const SNAPSHOT_VERSION = 17

/** Raised whenever a view says something else of the same floor. */
const VIEW_VERSION = 3

/** Of all that a past instant is seen as: what was cached for ever under another version is asked for anew. */
export const PAST_VERSION = `${SNAPSHOT_VERSION}.${VIEW_VERSION}`
