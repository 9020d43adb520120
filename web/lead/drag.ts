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

/** An attachment for a handle; its CSS must say `touch-action: none`. */
export function draggable(drag: () => Drag) {
  return (handle: HTMLElement) => {
    const press = (down: PointerEvent) => {
      if (down.button !== 0) return
      const it = drag()
      let dragging = false
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
      const stop = (over?: HTMLElement) => {
        handle.removeEventListener('pointermove', move)
        handle.removeEventListener('pointerup', up)
        handle.removeEventListener('pointercancel', cancel)
        removeEventListener('keydown', callOff, true)
        if (dragging) it.end(over)
      }
      const up = (event: PointerEvent) => stop(dropAt(event))
      const cancel = () => stop()
      const callOff = (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || !dragging) return
        event.stopPropagation()
        stop()
      }
      handle.setPointerCapture(down.pointerId)
      handle.addEventListener('pointermove', move)
      handle.addEventListener('pointerup', up)
      handle.addEventListener('pointercancel', cancel)
      addEventListener('keydown', callOff, true)
      down.preventDefault()
    }
    handle.addEventListener('pointerdown', press)
    return () => handle.removeEventListener('pointerdown', press)
  }
}
