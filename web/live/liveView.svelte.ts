import type { View } from '#core/view.ts'

class Part {
  value = $state.raw<unknown>()
}

/**
 * A view that stays one object while its parts change one by one: who reads only the queues is not told when an agent
 * moves. A patch leaves alone what it does not touch, so a part that is the same object has not changed.
 */
export class LiveView {
  readonly view: View
  #parts = new Map<string, Part>()

  constructor(first: View) {
    const view = {}
    for (const name of Object.keys(first)) {
      const part = new Part()
      this.#parts.set(name, part)
      Object.defineProperty(view, name, { enumerable: true, get: () => part.value })
    }
    this.view = view as View
    this.show(first)
  }

  show(next: View): void {
    for (const [name, part] of this.#parts) part.value = next[name as keyof View]
  }
}
