/** A hand at the wall opens a figure, or the story of a subject: the desk shows what is behind it. */
import type { SubjectKind } from '#core/row.ts'

/** A figure may be of an instant of the past. */
export type Opening = { figure: string; at?: string } | { kind: SubjectKind; subject: string }

/** What this is part of; undefined where nothing opens. */
export function openingOf(target: EventTarget | null): Opening | undefined {
  const marked = target instanceof Element ? target.closest<HTMLElement>(MARKED) : null
  const { figure, at, story } = marked?.dataset ?? {}
  if (story !== undefined) return storyAt(story)
  return figure === undefined ? undefined : at === undefined ? { figure } : { figure, at }
}

/** The desk with it opened. */
export function deskAddress(shop: string, opening: Opening): string {
  const asked = 'figure' in opening ? opening : { story: storyPath(opening) }
  return `/lead/${encodeURIComponent(shop)}?${new URLSearchParams(asked)}`
}

/** How a subject is named where its story opens: `sku/K1`. */
export const storyPath = ({ kind, subject }: { kind: SubjectKind; subject: string }): string =>
  `${kind}/${encodeURIComponent(subject)}`

/** Goes to the next or the last of what opens, around. */
export function stepFigure(among: HTMLElement, by: 1 | -1): void {
  const figures = [...among.querySelectorAll<HTMLElement>(MARKED)]
  const at = figures.indexOf(document.activeElement as HTMLElement)
  const next = figures.at(at === -1 && by === -1 ? -1 : (at + by) % figures.length)
  if (next === undefined) return
  next.tabIndex = -1
  next.focus()
}

const MARKED = '[data-figure], [data-story]'

export function storyAt(path: string): Opening {
  const [kind = '', subject = ''] = path.split('/')
  return { kind: kind as SubjectKind, subject: decodeURIComponent(subject) }
}
