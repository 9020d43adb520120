/** No hand at the screen for so long, no fresh breach for so long: a reload disturbs nobody. */
const HAND_MS = 30_000
const BREACH_MS = 60_000

let handAt = Number.NEGATIVE_INFINITY
let breachAt = Number.NEGATIVE_INFINITY

for (const sign of ['pointermove', 'pointerdown', 'keydown']) {
  addEventListener(sign, () => {
    handAt = performance.now()
  })
}

export function noteBreach(): void {
  breachAt = performance.now()
}

export function calm(): boolean {
  const now = performance.now()
  return now - handAt > HAND_MS && now - breachAt > BREACH_MS
}
