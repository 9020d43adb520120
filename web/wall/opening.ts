/** A hand at the wall opens a figure: the desk shows the list behind it. */

/** Leaves for the desk if this is part of a figure; true if it is. */
export function openFigure(shop: string, target: EventTarget | null): boolean {
  const path = target instanceof Element ? target.closest<HTMLElement>('[data-figure]')?.dataset.figure : undefined
  if (path === undefined) return false
  location.assign(`/lead/${encodeURIComponent(shop)}?figure=${encodeURIComponent(path)}`)
  return true
}

/** Goes to the next or the last figure, around. */
export function stepFigure(among: HTMLElement, by: 1 | -1): void {
  const figures = [...among.querySelectorAll<HTMLElement>('[data-figure]')]
  const at = figures.indexOf(document.activeElement as HTMLElement)
  const next = figures.at(at === -1 && by === -1 ? -1 : (at + by) % figures.length)
  if (next === undefined) return
  next.tabIndex = -1
  next.focus()
}
