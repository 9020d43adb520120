import { innerHeight, innerWidth } from 'svelte/reactivity/window'
import { rowsThatFit } from './fold.ts'

/** One `--u` of theme.css in pixels. */
export function unit(): number {
  return Math.min((innerWidth.current ?? 1920) / 192, (innerHeight.current ?? 1080) / 108)
}

/** How many rows of `row` units, `gap` units apart, fit a height in pixels. */
export function places(heightPx: number, row: number, gap = 0): number {
  return rowsThatFit(heightPx, row * unit(), gap * unit())
}
