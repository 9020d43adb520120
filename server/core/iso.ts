/** Instants as text. A view says the same ones again and again: writing them is a tenth of all work on a replay. */

/** A view has about a thousand. */
const KNOWN_MAX = 8_192
const known = new Map<number, string>()

/** RFC 3339 in UTC with milliseconds. @throws RangeError for an instant that no date can hold */
export function iso(instant: number): string {
  let text = known.get(instant)
  if (text === undefined) {
    if (known.size >= KNOWN_MAX) known.clear()
    text = new Date(instant).toISOString()
    known.set(instant, text)
  }
  return text
}
