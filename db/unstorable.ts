/** Whether a row could not be kept for what it says: trying again would not help. */
export function isDataError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && code.startsWith('22')
}

/** Whether the database could not keep a text for a character in it: PostgreSQL knows no NUL. */
export function isUnstorable(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return code === '22021' || code === '22P05'
}
