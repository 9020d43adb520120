import type { Board } from '../live/board.svelte.ts'
import type { Line } from '../live/line.ts'
import type { Page } from './arrange.ts'
import { release } from './release.ts'
import { FULL } from './settings.ts'

/** The desk believes nothing much older than this. */
const REPORT_EVERY_MS = 5_000

/** A paired screen tells which page it shows, and how fresh that is, now and every so often until the returned function is called. */
export function reporting(line: Line, board: Board, { panels, grid }: Page): () => void {
  const tell = () =>
    line.report({
      showing: grid === undefined ? FULL : panels.join(','),
      viewAt: new Date(board.heldUntil).toISOString(),
      release: release.name,
    })
  tell()
  const ticking = setInterval(tell, REPORT_EVERY_MS)
  return () => clearInterval(ticking)
}
