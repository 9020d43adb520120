import { type Page, pageEach, pagesOf } from './arrange.ts'
import { choose, chosen } from './choices.svelte.ts'
import type { PanelName } from './panels.ts'
import { viewport } from './scale.svelte.ts'
import { readSettings, type Settings } from './settings.ts'
import { begin, call, pass, pause, step } from './turning.ts'

const TICK_MS = 250

/** What this screen shows of a wall: its pages, and the one it is at. */
export class Stage {
  #settings = $derived<Settings>(read())
  #turning = $state.raw(begin(performance.now()))
  #pages = $derived.by<Page[]>(() => {
    const { layout, rotateMs } = this.#settings
    const screen = viewport()
    return rotateMs === undefined ? pagesOf(layout, screen) : pageEach(layout, screen)
  })

  get settings(): Settings {
    return this.#settings
  }

  get pages(): readonly Page[] {
    return this.#pages
  }

  /** The number of the page shown, from 0. */
  get at(): number {
    return Math.min(this.#turning.page, this.#pages.length - 1)
  }

  get page(): Page {
    return this.#pages[this.at]!
  }

  get paused(): boolean {
    return this.#turning.paused
  }

  /** Whether pages turn by themselves. */
  get turns(): boolean {
    return this.#settings.rotateMs !== undefined && this.#pages.length > 1
  }

  shows(panel: PanelName): boolean {
    return this.page.panels.includes(panel)
  }

  /** Turns pages until the returned function is called. */
  run(): () => void {
    const ticking = setInterval(() => {
      const { rotateMs } = this.#settings
      if (rotateMs !== undefined) this.#turning = pass(this.#turning, this.#pages.length, rotateMs, performance.now())
    }, TICK_MS)
    return () => clearInterval(ticking)
  }

  step(by: 1 | -1): void {
    this.#turning = step({ ...this.#turning, page: this.at }, by, this.#pages.length, performance.now())
  }

  pause(): void {
    this.#turning = pause(this.#turning, performance.now())
  }

  /** A fresh breach: a screen whose pages turn by themselves brings up its alerts, where it has them. */
  alarm(): void {
    const { rotateMs } = this.#settings
    const page = this.#pages.findIndex(({ panels }) => panels.includes('alerts'))
    if (rotateMs === undefined || page === -1) return
    this.#turning = call(this.#turning, page, this.#pages.length, rotateMs, performance.now())
  }

  choose(name: 'layout' | 'rotate', value: string): void {
    choose(name, value)
    this.#turning = begin(performance.now())
  }
}

const read = () =>
  readSettings({ layout: chosen('layout'), rotate: chosen('rotate'), theme: chosen('theme'), lang: chosen('lang') })
