import { innerHeight, innerWidth } from 'svelte/reactivity/window'
import type { Page, Viewport } from './arrange.ts'

/** The size of this screen in pixels. */
export function viewport(): Viewport {
  return { width: innerWidth.current ?? 1920, height: innerHeight.current ?? 1080 }
}

/** Makes the unit (`--u` of theme.css) as large as a page of this size allows; the whole wall has the unit of the theme. */
export function scaleTo({ across, down, grid }: Page): void {
  const { style } = document.documentElement
  if (grid === undefined) style.removeProperty('--u')
  else style.setProperty('--u', `min(100vw / ${across.toFixed(2)}, 100dvh / ${down.toFixed(2)})`)
}
