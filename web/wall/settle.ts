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
