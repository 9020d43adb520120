/** What was chosen for this screen: what the address says (`?layout=queues`), else what was last chosen here. */

const storedAs = (name: string) => `floorwatch.${name}`

export function chosen(name: string): string | undefined {
  return new URLSearchParams(location.search).get(name) ?? localStorage.getItem(storedAs(name)) ?? undefined
}

/** Keeps a choice on this screen alone. */
export function keep(name: string, value: string): void {
  localStorage.setItem(storedAs(name), value)
}

/** Keeps a choice on this screen and in its address, so that the address can be given to another screen. */
export function choose(name: string, value: string): void {
  keep(name, value)
  const address = new URL(location.href)
  address.searchParams.set(name, value)
  // A list in an address is for people to read and write.
  address.search = address.search.replaceAll('%2C', ',')
  history.replaceState(history.state, '', address)
}
