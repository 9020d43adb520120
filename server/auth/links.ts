/** Links that let somebody in by what they carry: the first set-up, a new password, the demo. Only hashes are kept. */
import { createHash, randomBytes } from 'node:crypto'

/** `setup`: makes the first administrator, once. `demo`: signs in as the user. Both are lost when this process ends. */
type Held = { kind: 'setup' } | { kind: 'demo'; userId: string }

export class Links {
  #held = new Map<string, Held>()

  /** A token for the link; it works until it is dropped or the process ends. */
  issue(held: Held): string {
    const token = newToken()
    this.#held.set(hashOf(token), held)
    return token
  }

  look(token: string): Held | undefined {
    return this.#held.get(hashOf(token))
  }

  /** Takes the set-up link out of use. @returns whether it still was in use: of two at once, one */
  claimSetup(token: string): boolean {
    const hash = hashOf(token)
    return this.#held.get(hash)?.kind === 'setup' && this.#held.delete(hash)
  }

  /** What was claimed came to nothing: it may be used again. */
  restoreSetup(token: string): void {
    this.#held.set(hashOf(token), { kind: 'setup' })
  }

  /** There is an administrator: no link sets up any more. */
  dropSetup(): void {
    for (const [hash, { kind }] of this.#held) if (kind === 'setup') this.#held.delete(hash)
  }
}

export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** What a link's token is written down as. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A new password may be chosen by the link for so long. */
export const PASSWORD_LINK_MS = 7 * 86_400_000
/** What the record of such a link is known by. */
export const PASSWORD_LINK = 'password-link:'
export const passwordLink = (token: string) => PASSWORD_LINK + hashOf(token)
