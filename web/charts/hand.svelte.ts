/** What a hand at a chart needs, once there is one: a wall that nobody touches never loads it. */
export const hand: { Picker: typeof import('./Picker.svelte').default | undefined } = $state({ Picker: undefined })

const load = async () => {
  hand.Picker = (await import('./Picker.svelte')).default
}
for (const sign of ['pointermove', 'pointerdown', 'keydown'])
  addEventListener(sign, load, { once: true, capture: true })
