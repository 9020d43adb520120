/** Dragging by mouse, pen or touch: what carries `data-drop` takes what is let go over it. */

/** Less is a click. */
const SLACK_PX = 6

export interface Drag {
  /** What moves under the pointer. */
  begin(x: number, y: number): void
  move(x: number, y: number, over: HTMLElement | undefined): void
  /** `over` undefined: let go over nothing. */
  end(over: HTMLElement | undefined): void
}

/** An attachment for a handle; its CSS must say `touch-action: none`. A handle that goes lets go over nothing. */
export function draggable(drag: () => Drag) {
  return (handle: HTMLElement) => {
    let stop = (_over?: HTMLElement) => {}
    const press = (down: PointerEvent) => {
      if (down.button !== 0) return
      stop()
      const it = drag()
      let dragging = false
      const listening = new AbortController()
      const { signal } = listening
      const dropAt = (event: PointerEvent) => {
        const under = document.elementFromPoint(event.clientX, event.clientY)
        return under?.closest<HTMLElement>('[data-drop]') ?? undefined
      }
      const move = (event: PointerEvent) => {
        const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > SLACK_PX
        if (!dragging && !far) return
        if (!dragging) it.begin(event.clientX, event.clientY)
        dragging = true
        it.move(event.clientX, event.clientY, dropAt(event))
      }
      stop = (over) => {
        if (signal.aborted) return
        listening.abort()
        if (dragging) it.end(over)
      }
      // The browser takes the pointer away for a gesture of its own, and when the handle gets another place in its list.
      const lost = ({ pointerId }: PointerEvent) => pointerId === down.pointerId && stop()
      const callOff = (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || !dragging) return
        event.stopPropagation()
        stop()
      }
      handle.setPointerCapture(down.pointerId)
      handle.addEventListener('pointermove', move, { signal })
      handle.addEventListener('pointerup', (event) => stop(dropAt(event)), { signal })
      addEventListener('lostpointercapture', lost, { signal })
      addEventListener('keydown', callOff, { signal, capture: true })
      down.preventDefault()
    }
    handle.addEventListener('pointerdown', press)
    return () => {
      handle.removeEventListener('pointerdown', press)
      stop()
    }
  }
}
