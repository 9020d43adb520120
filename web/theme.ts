import { choose, chosen } from './modes/choices.svelte.ts'

export const THEMES = ['dark', 'light', 'auto'] as const
export type Theme = (typeof THEMES)[number]

/** `auto` is as the system prefers; dark when nothing, or something else, was chosen. */
export function theme(): Theme {
  const said = chosen('theme')
  return THEMES.find((it) => it === said) ?? 'dark'
}

export function showTheme(): void {
  document.documentElement.dataset.theme = theme()
}

export function chooseTheme(theme: Theme): void {
  choose('theme', theme)
  showTheme()
}
