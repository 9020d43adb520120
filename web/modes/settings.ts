import { isPanel, PANELS, type PanelName } from './panels.ts'

/** What a wall is asked to show. */
export interface Settings {
  /** All panels for the full wall. */
  layout: readonly PanelName[]
  /** One panel at a time, each for so long. */
  rotateMs?: number
  /** What was said and could not be followed. */
  unclear: { name: string; value: string }[]
}

export const FULL = 'full'
export const OFF = 'off'
const ROTATE_MS_MIN = 5_000
const ROTATE_MS_MAX = 60 * 60_000

/** Reads `layout` (`full`, or panels by name with commas between them) and `rotate` (`20s`, `2m`, `off`). */
export function readSettings(said: { layout?: string | undefined; rotate?: string | undefined }): Settings {
  const layout = readLayout(said.layout ?? FULL)
  const rotateMs = readRotate(said.rotate ?? OFF)
  const unclear = layout.unclear.map((value) => ({ name: 'layout', value }))
  if (rotateMs === undefined) unclear.push({ name: 'rotate', value: said.rotate! })
  return { layout: layout.panels, unclear, ...(rotateMs !== undefined && rotateMs > 0 && { rotateMs }) }
}

export function isFull(layout: readonly PanelName[]): boolean {
  return layout.length === PANELS.length
}

function readLayout(text: string): { panels: readonly PanelName[]; unclear: string[] } {
  const names = text
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const panels = [...new Set(names.filter(isPanel))]
  const unclear = names.filter((name) => name !== FULL && !isPanel(name))
  return { panels: panels.length === 0 || names.includes(FULL) ? PANELS : panels, unclear }
}

/** In milliseconds, 0 for not at all; undefined when it cannot be read or is out of reason. */
function readRotate(text: string): number | undefined {
  if (text === OFF || text === '0') return 0
  const [, digits, unit] = /^(\d+)\s*(s|m|)$/i.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const ms = Number(digits) * (unit?.toLowerCase() === 'm' ? 60_000 : 1_000)
  return ms >= ROTATE_MS_MIN && ms <= ROTATE_MS_MAX ? ms : undefined
}
