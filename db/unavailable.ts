/** Tells a database that cannot be reached, or cannot take more, from a fault of ours. */

/** Classes of SQLSTATE: connection lost, no resources left (a full disk), stopped by an operator, failing system. */
const SQLSTATE = /^(08|53|57P|58)/
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
/** pg gives these no code. */
const PG = /^(Connection terminated|timeout exceeded when trying to connect)/

/** True when the same may well work once the database is back. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && (SYSTEM.has(code) || SQLSTATE.test(code))) || PG.test(error.message)
}
