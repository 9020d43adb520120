import type { View } from '#core/view.ts'
import type { HistoryAnswer } from '../../../web/live/history.ts'
import { emptyFloor, floor } from './floor.ts'
import { history } from './history.ts'
import { ago, HOUR } from './instant.ts'
import type { Mood } from './mood.ts'
import * as moods from './moods.ts'

/** One picture: what is on the wall, or on a lead's desk, on what screen, read by whom. */
export interface Picture {
  name: string
  page: 'wall' | 'lead'
  view: View
  history: HistoryAnswer
  width: number
  height: number
  language: 'zh-CN' | 'en'
  theme: 'dark' | 'light'
  /** The server has been silent for so long. */
  silentMs: number
}

const landscape = { width: 1920, height: 1080 }
const portrait = { width: 1080, height: 1920 }
const fourK = { width: 3840, height: 2160 }

const picture = (name: string, mood: Mood, more: Partial<Picture> = {}): Picture => ({
  name,
  page: 'wall',
  view: floor(mood),
  history: history(mood),
  ...landscape,
  language: 'zh-CN',
  theme: 'dark',
  silentMs: 0,
  ...more,
})

/** The next wave is days away, the slow are very slow, and nobody called a supplier since last night. */
function stretched(view: View): View {
  const { first } = view.response
  const slow = { p50Ms: 21 * 60_000, p90Ms: 23 * HOUR }
  return {
    ...view,
    response: { ...view.response, first: { ...first, today: { ...first.today, ...slow } } },
    pickups: { '2026-11-26T10:00': { ...view.pickups['2026-11-24T13:00']!, at: ago(-47 * HOUR) } },
    stock: {
      ...view.stock,
      'SKU-0': { ...view.stock['SKU-0']!, supplierDueAt: ago(16.1 * HOUR), announceDueAt: ago(-1.2 * HOUR) },
    },
  }
}

/** A desk is worked at, on a laptop or a tablet. */
const laptop = { page: 'lead', width: 1280, height: 800 } as const
const tablet = { page: 'lead', width: 1024, height: 768 } as const

export const PICTURES: readonly Picture[] = [
  picture('calm', moods.calm),
  picture('busy', moods.busy),
  picture('storm', moods.storm),
  picture('extremes', moods.extreme, { view: stretched(floor(moods.extreme)) }),
  picture('extremes-en', moods.extreme, { view: stretched(floor(moods.extreme)), language: 'en' }),
  picture('empty', moods.calm, { view: emptyFloor('新开的店'), history: { points: [] } }),
  picture('stale', moods.busy, { silentMs: 47_000 }),
  picture('source-silent', moods.silent),
  picture('agents-3', moods.few),
  picture('agents-40', moods.forty),
  picture('names-long', moods.longChinese),
  picture('calm-light', moods.calm, { theme: 'light' }),
  picture('busy-light', moods.busy, { theme: 'light' }),
  picture('storm-light', moods.storm, { theme: 'light' }),
  picture('calm-portrait', moods.calm, portrait),
  picture('busy-portrait', moods.busy, portrait),
  picture('storm-portrait', moods.storm, portrait),
  picture('busy-4k', moods.busy, fourK),
  picture('storm-4k', moods.storm, fourK),
  picture('calm-en', moods.calmEnglish, { language: 'en' }),
  picture('agents-3-en', moods.fewEnglish, { language: 'en' }),
  picture('busy-en', moods.busyEnglish, { language: 'en' }),
  picture('busy-en-portrait', moods.busyEnglish, { language: 'en', ...portrait }),
  picture('names-long-en', moods.longEnglish, { language: 'en' }),
  picture('desk-busy', moods.busy, laptop),
  picture('desk-calm-light', moods.calm, { theme: 'light', ...laptop }),
  picture('desk-busy-en', moods.busyEnglish, { language: 'en', ...laptop }),
  picture('desk-busy-tablet', moods.busy, tablet),
  picture('desk-busy-en-tablet', moods.busyEnglish, { language: 'en', ...tablet }),
]
