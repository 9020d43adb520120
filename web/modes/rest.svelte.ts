const RESTS_AFTER_MS = 3_000

/** Whether a hand is at this screen: it has moved a pointer, touched or pressed a key within the last seconds. */
export class Rest {
  #awake = $state(false)

  get awake(): boolean {
    return this.#awake
  }

  /** Watches until the returned function is called. */
  begin(): () => void {
    let falling: ReturnType<typeof setTimeout> | undefined
    const stir = () => {
      this.#awake = true
      clearTimeout(falling)
      falling = setTimeout(() => {
        this.#awake = false
      }, RESTS_AFTER_MS)
    }
    const signs = ['pointermove', 'pointerdown', 'keydown'] as const
    for (const sign of signs) addEventListener(sign, stir)
    return () => {
      clearTimeout(falling)
      for (const sign of signs) removeEventListener(sign, stir)
    }
  }
}
