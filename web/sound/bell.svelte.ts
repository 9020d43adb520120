import { chosen, keep } from '../modes/choices.svelte.ts'

const CHOICE = 'sound'
const SECONDS = 0.7
const STARTS_WITHIN_MS = 1_000
/** A fifth, softer the higher: heard over a room without startling it. */
const PARTIALS = [
  { hz: 660, gain: 0.22 },
  { hz: 990, gain: 0.1 },
] as const

/** The bell of this screen. Off until somebody turns it on; a browser may still keep it silent until it is touched. */
export class Bell {
  #on = $state(false)
  #blocked = $state(false)
  #context: AudioContext | undefined

  get on(): boolean {
    return this.#on
  }

  /** It is on, but the browser makes no sound before somebody has touched the page. */
  get blocked(): boolean {
    return this.#on && this.#blocked
  }

  /** Takes up what was chosen on this screen, and wakes the sound at the first touch, until the returned function is called. */
  begin(): () => void {
    if (chosen(CHOICE) === 'on') this.#open()
    const wake = () => void this.#context?.resume()
    addEventListener('pointerdown', wake)
    addEventListener('keydown', wake)
    return () => {
      removeEventListener('pointerdown', wake)
      removeEventListener('keydown', wake)
      void this.#context?.close()
    }
  }

  turn(on: boolean): void {
    keep(CHOICE, on ? 'on' : 'off')
    if (on) this.#open()
    else {
      this.#on = false
      void this.#context?.suspend()
    }
  }

  ring(): void {
    const context = this.#context
    if (context === undefined || !this.#on || context.state !== 'running') return
    const start = context.currentTime
    for (const { hz, gain } of PARTIALS) {
      const tone = new OscillatorNode(context, { frequency: hz })
      const envelope = new GainNode(context, { gain: 0 })
      envelope.gain.setValueAtTime(0, start)
      envelope.gain.linearRampToValueAtTime(gain, start + 0.01)
      envelope.gain.exponentialRampToValueAtTime(0.0001, start + SECONDS)
      tone.connect(envelope).connect(context.destination)
      tone.start(start)
      tone.stop(start + SECONDS)
    }
  }

  #open(): void {
    this.#on = true
    this.#context ??= this.#newContext()
    void this.#context.resume()
  }

  #newContext(): AudioContext {
    const context = new AudioContext()
    const look = () => {
      this.#blocked = context.state !== 'running'
    }
    context.addEventListener('statechange', look)
    // Where sound is allowed, it still takes a moment to start.
    setTimeout(look, STARTS_WITHIN_MS)
    return context
  }
}
