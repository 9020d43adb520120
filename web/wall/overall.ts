import type { View } from '#core/view.ts'
import type { State } from './state.ts'

export interface Overall {
  state: State
  breach: number
  warn: number
  silent: string[]
  heard: number
}

/** How the floor stands in one word. Quiet sources make a calm floor unknown: nothing heard is not all well. */
export function overall(view: Pick<View, 'alertCounts' | 'sources'>): Overall {
  let breach = 0
  let warn = 0
  for (const count of Object.values(view.alertCounts)) {
    breach += count.breach
    warn += count.warn
  }
  const sources = Object.entries(view.sources)
  const silent = sources.filter(([, source]) => source.silent).map(([name]) => name)
  const heard = sources.length - silent.length
  const state = breach > 0 ? 'breach' : warn > 0 ? 'risk' : heard === 0 || silent.length > 0 ? 'unknown' : 'fine'
  return { state, breach, warn, silent: silent.sort(), heard }
}
