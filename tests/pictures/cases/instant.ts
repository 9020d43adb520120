/** Every picture is taken at this instant: a Tuesday, 11:42:18 in Shanghai, between the first wave and the second. */
export const NOON = Date.parse('2026-11-24T03:42:18.000Z')

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

/** The instant so long before the picture; a negative time lies ahead of it. */
export const ago = (ms: number) => new Date(NOON - ms).toISOString()
