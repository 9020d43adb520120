/** The size of an element in units of the wall (`--u` of theme.css), for deciding how much it can show. 0 until measured. */
export class Room {
  #width = $state(0)
  #height = $state(0)

  get width(): number {
    return this.#width
  }

  get height(): number {
    return this.#height
  }

  /** An attachment: `{@attach room.measure}`. */
  measure = (element: HTMLElement): (() => void) => {
    const observer = new ResizeObserver(() => {
      const unitPx = Number.parseFloat(getComputedStyle(element).getPropertyValue('--u'))
      this.#width = element.clientWidth / unitPx
      this.#height = element.clientHeight / unitPx
    })
    observer.observe(element)
    return () => observer.disconnect()
  }
}
