/** A connection that keeps the plan of a statement which asks for it: planning may take longer than a small statement. */
import pg from 'pg'

const KEPT = /^\s*\/\* keep (\w+) \*\//

/**
 * A statement that begins with the comment `keep NAME` is planned once a connection. Its text must always be the same,
 * and its plan good whatever the tables hold: it may have been made while they were empty.
 */
export class Client extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares its many ways to ask one by one, and all pass through here.
  override query(...asked: any[]): any {
    const [text, values, callback] = asked
    if (typeof text !== 'string' || typeof values === 'function' || callback !== undefined) {
      return super.query(...(asked as [string]))
    }
    const name = KEPT.exec(text)?.[1]
    const query = { text, values, ...(name !== undefined && { name }) }
    // A promise of pg's own and its query hold each other, and V8 keeps such a ring, with all that was read, until it
    // collects everything: a server that looks back grew by 90 MB.
    return new Promise((resolve, reject) => {
      super.query(query, (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)))
    })
  }
}
