/**
 * What was chosen for this screen: what the address says (`?layout=queues`), else what was last chosen here. A paired
 * screen shows what it was given at the desk, and nothing else.
 */
import type { Said } from './settings.ts'

const storedAs = (name: string) => `floorwatch.${name}`
let given = $state.raw<Said | undefined>()
/** Whoever reads a choice is told when one is made. */
let made = $state(0)

export function chosen(name: keyof Said | 'sound'): string | undefined {
  if (given !== undefined && name !== 'sound') return given[name]
  void made
  return new URLSearchParams(location.search).get(name) ?? localStorage.getItem(storedAs(name)) ?? undefined
}

/** Takes what the desk gave this screen, or gives the choice back to whoever stands before it. */
export function take(settings: Said | undefined): void {
  given = settings
}

/** Keeps a choice on this screen alone. */
export function keep(name: string, value: string): void {
  localStorage.setItem(storedAs(name), value)
  made++
}

/** Keeps a choice on this screen and in its address, so that the address can be given to another screen. */
export function choose(name: string, value: string): void {
  const address = new URL(location.href)
  address.searchParams.set(name, value)
  // A list in an address is for people to read and write.
  address.search = address.search.replaceAll('%2C', ',')
  history.replaceState(history.state, '', address)
  keep(name, value)
}
