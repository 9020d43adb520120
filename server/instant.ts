/** Instants at the edge: RFC 3339 with an offset there, epoch milliseconds inside. */
const rfc3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

export const EXPECTED_INSTANT = 'expected an instant such as 2026-11-21T09:30:00.000Z (RFC 3339 with an offset)'

/** In UTC a year has four digits too: written with an offset an instant may lie beyond. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** Epoch ms, or undefined when the text is no RFC 3339 instant with an offset (a 30 February is none). */
export function parseInstant(text: string): number | undefined {
  if (!rfc3339.test(text)) return undefined
  const day = Number(text.slice(8, 10))
  if (day > 28 && day > daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)))) return undefined
  const instant = Date.parse(text)
  return instant >= FIRST && instant <= LAST ? instant : undefined
}

export function formatInstant(instant: number): string {
  return new Date(instant).toISOString()
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
