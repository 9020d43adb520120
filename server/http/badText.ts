/** No database keeps a NUL or half a character in its text. */

export const EXPECTED_TEXT = 'expected text without NUL characters or lone surrogates'

/** Whether a JSON text may hold one: only then is it worth a thorough look. */
export const mayBeBad = (text: string): boolean => /\\u(?:0000|[dD][89a-fA-F])/.test(text)

/** Where in a value there is one: the path, joined by dots. */
export function badText(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`
    const found = badText(key, path) ?? badText(inner, place)
    if (found !== undefined) return found
  }
  return undefined
}
