/** A connection that keeps the plan of a statement which asks for it: planning may take longer than a small statement. */
import pg from 'pg'

const KEPT = /^\s*\/\* keep (\w+) \*\//

/**
 * A statement that begins with the comment `keep NAME` is planned once a connection. Its text must always be the same,
 * and its plan good whatever the tables hold: it may have been made while they were empty.
 */
export class Client extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares its many ways to ask one by one, and all pass through here.
  override query(...[text, ...rest]: any[]): any {
    const name = typeof text === 'string' ? KEPT.exec(text)?.[1] : undefined
    return name === undefined ? super.query(text, ...rest) : super.query({ name, text }, ...rest)
  }
}
