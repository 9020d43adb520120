/** A colour of theme.css as it looks on this element now: a canvas cannot read `var()` or `light-dark()`. */
export function colourOf(element: Element, token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  probe.hidden = true
  element.parentElement?.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
