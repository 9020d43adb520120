import { choose, chosen, keep } from './modes/choices.svelte.ts'

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

/** Whether it is light here and now. */
export const isLight = (): boolean =>
  theme() === 'light' || (theme() === 'auto' && matchMedia('(prefers-color-scheme: light)').matches)

/** Light where it is dark, and dark where it is light. An address that says one says the other from then on. */
export function switchTheme(): void {
  const say = new URLSearchParams(location.search).has('theme') ? choose : keep
  say('theme', isLight() ? 'dark' : 'light')
  showTheme()
}

export function chooseTheme(theme: Theme): void {
  choose('theme', theme)
  showTheme()
}
