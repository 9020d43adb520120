/**
 * Seats for those who are wanted. Whoever already has a seat keeps it and newcomers take the free ones, so that on a
 * wall nobody jumps because somebody else came or went.
 */
export function settle(before: readonly string[], wanted: readonly string[]): string[] {
  const seats = before.slice(0, wanted.length)
  const invited = new Set(wanted)
  const seated = new Set(seats.filter((id) => invited.has(id)))
  const newcomers = wanted.filter((id) => !seated.has(id)).values()
  return wanted.map((_, seat) => {
    const sitting = seats[seat]
    return sitting !== undefined && seated.has(sitting) ? sitting : (newcomers.next().value as string)
  })
}

/** Those in need come to the front, each by changing seats with one who is not: nobody else moves. */
export function lift(seats: readonly string[], inNeed: ReadonlySet<string>): string[] {
  const front = seats.filter((id) => inNeed.has(id)).length
  const lifted = [...seats]
  let free = 0
  for (let seat = front; seat < seats.length; seat++) {
    if (!inNeed.has(seats[seat]!)) continue
    while (inNeed.has(lifted[free]!)) free++
    lifted[seat] = lifted[free]!
    lifted[free] = seats[seat]!
  }
  return lifted
}
