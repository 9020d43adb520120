import type { LeadKey } from './texts.zh.ts'

/** The keys of the desk, each with the text that says what it does. */
export const KEYS: readonly (readonly [key: string, text: LeadKey])[] = [
  ['c', 'key.c'],
  ['g', 'key.g'],
  ['l', 'key.l'],
  ['↑ ↓', 'key.arrows'],
  ['x', 'key.x'],
  ['A', 'key.A'],
  ['a', 'key.a'],
  ['t', 'key.t'],
  ['s', 'key.s'],
  ['r', 'key.r'],
  ['q', 'key.q'],
  ['m', 'key.m'],
  ['Enter', 'key.enter'],
  ['n', 'key.n'],
  ['f', 'key.f'],
  ['u', 'key.u'],
  ['Esc', 'key.esc'],
  ['?', 'key.help'],
]
