/** Where a request comes from. */
import type { IncomingMessage } from 'node:http'

/** A request that came by no connection, as in a test of the routes alone. */
const NOWHERE = 'unknown'

/**
 * The address of whoever asks.
 * @param proxies how many proxies of our own stand before the server; what they say in X-Forwarded-For is believed,
 * each for the one before it
 */
export function addressOf(incoming: IncomingMessage | undefined, proxies: number): string {
  const near = plain(incoming?.socket.remoteAddress ?? NOWHERE)
  if (proxies === 0) return near
  const header = incoming?.headers['x-forwarded-for']
  const told = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((part) => part.trim())
  return plain(told.at(-proxies) || near)
}

/** An IPv4 address is one however the connection came. */
const plain = (address: string) => address.replace(/^::ffff:/, '')
