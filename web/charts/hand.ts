/** What a hand at a chart needs, once there is one: a wall that nobody touches never loads it. */
export const atHand = new Promise<typeof import('./Picker.svelte')>((resolve) => {
  for (const sign of ['pointermove', 'pointerdown', 'keydown'])
    addEventListener(sign, () => resolve(import('./Picker.svelte')), { once: true, capture: true })
})
