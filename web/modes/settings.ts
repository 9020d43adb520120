import { isLanguage } from '../i18n/language.ts'
import { THEMES } from '../theme.ts'
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

/** What can be said about a screen, each as a parameter of its address or as chosen on it before. */
export type Said = { [name in 'layout' | 'rotate' | 'theme' | 'lang']?: string | undefined }

/**
 * Reads `layout` (`full`, or panels by name with commas between them) and `rotate` (`20s`, `2m`, `off`); what cannot be
 * followed, of the theme and the language too, is as if it had not been said.
 */
export function readSettings(said: Said): Settings {
  const layout = readLayout(said.layout ?? FULL)
  const rotateMs = readRotate(said.rotate ?? OFF)
  const unclear = layout.unclear.map((value) => ({ name: 'layout', value }))
  if (rotateMs === undefined) unclear.push({ name: 'rotate', value: said.rotate! })
  if (said.theme !== undefined && !THEMES.some((it) => it === said.theme))
    unclear.push({ name: 'theme', value: said.theme })
  if (said.lang !== undefined && !isLanguage(said.lang)) unclear.push({ name: 'lang', value: said.lang })
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
