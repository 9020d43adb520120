/** Whether the database could not keep a text for a character in it: PostgreSQL knows no NUL. */
export function isUnstorable(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return code === '22021' || code === '22P05'
}
