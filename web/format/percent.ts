/**
 * A rate between 0 and 1 with one decimal: `92.5`, `93.0`, `100`. Cut and not rounded, as 0.8999 must not read as 90; of
 * one that shall be low the other way, as 0.0207 must not read as 2.
 */
export function percent(rate: number, low = false): string {
  // The tiny amount undoes binary fractions such as 0.29 × 1000 = 289.99….
  const tenths = low ? Math.ceil(rate * 1_000 - 1e-9) : Math.floor(rate * 1_000 + 1e-9)
  return tenths === 1_000 ? '100' : (tenths / 10).toFixed(1)
}
