/** A rate between 0 and 1 with one decimal, cut and not rounded: 0.8999 must not read as 90. `92.5`, `93.0`, `100`. */
export function percent(rate: number): string {
  // The tiny addition undoes binary fractions such as 0.29 × 1000 = 289.99….
  const tenths = Math.floor(rate * 1_000 + 1e-9)
  return tenths === 1_000 ? '100' : (tenths / 10).toFixed(1)
}
