/** What two Smis can hold is written several times as fast as one large number. */
const HALF = 36 ** 5

/** An instant (epoch ms) as `toString(36)` writes it. */
export function base36(instant: number): string {
  if (instant < 0) return instant.toString(36)
  const high = Math.floor(instant / HALF)
  const low = instant - high * HALF
  return high === 0 ? low.toString(36) : high.toString(36) + low.toString(36).padStart(5, '0')
}
