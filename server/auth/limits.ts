/** How often anybody may ask: by key, by address, and how often wrongly. Counted in this process. */
import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Grant } from './grant.ts'

export interface LimitSettings {
  /** Requests a minute with one key, unless the key says otherwise. */
  perKey: number
  /** Requests a minute from one address. */
  perAddress: number
  /** Unknown keys and links a minute from one address. */
  unknownPerAddress: number
  /** Wrong passwords a quarter of an hour: for one name, and from one address. */
  wrongPerName: number
  wrongPerAddress: number
  /** Codes for panels in ten minutes from one address. */
  codesPerAddress: number
}

export const LIMITS: LimitSettings = {
  perKey: 600_000,
  perAddress: 1_200_000,
  unknownPerAddress: 600,
  wrongPerName: 10,
  wrongPerAddress: 50,
  codesPerAddress: 60,
}

const MINUTE_S = 60
const QUARTER_S = 15 * MINUTE_S

/** Asked too often. */
export class TooOften extends Error {
  readonly retryAfterS: number

  constructor(message: string, retryAfterS: number) {
    super(message)
    this.retryAfterS = retryAfterS
  }
}

export class Limits {
  #settings: LimitSettings
  /** By the limit itself, for keys that have their own. */
  #byKey = new Map<number, RateLimiterMemory>()
  #byAddress: RateLimiterMemory
  #unknown: RateLimiterMemory
  #wrongName: RateLimiterMemory
  #wrongAddress: RateLimiterMemory
  #codes: RateLimiterMemory

  constructor(settings: LimitSettings) {
    this.#settings = settings
    this.#byAddress = limiter(settings.perAddress, MINUTE_S)
    this.#unknown = limiter(settings.unknownPerAddress, MINUTE_S)
    this.#wrongName = limiter(settings.wrongPerName, QUARTER_S)
    this.#wrongAddress = limiter(settings.wrongPerAddress, QUARTER_S)
    this.#codes = limiter(settings.codesPerAddress, 10 * MINUTE_S)
  }

  /** @throws TooOften */
  async request(address: string): Promise<void> {
    await take(this.#byAddress, networkOf(address), 'Too many requests from this address')
  }

  /** @throws TooOften */
  async byGrant({ kind, id, key }: Grant): Promise<void> {
    if (kind !== 'key' || id === undefined) return
    const perMinute = key?.limitPerMinute ?? this.#settings.perKey
    const limits = this.#byKey.get(perMinute) ?? limiter(perMinute, MINUTE_S)
    this.#byKey.set(perMinute, limits)
    await take(limits, id, 'Too many requests with this key')
  }

  /** Counts somebody who is not known. @throws TooOften */
  async unknown(address: string): Promise<void> {
    await take(this.#unknown, networkOf(address), 'Too many unknown keys from this address')
  }

  /**
   * Counts a password before it is judged, so that many at once are as many.
   * @throws TooOften when this person was guessed at, or from this address, too often lately
   */
  async guess(address: string, who: string): Promise<void> {
    await take(this.#wrongName, who, 'Too many wrong attempts')
    try {
      await take(this.#wrongAddress, networkOf(address), 'Too many wrong attempts')
    } catch (error) {
      await this.#wrongName.reward(who)
      throw error
    }
  }

  /** It was right. */
  async right(address: string, who: string): Promise<void> {
    await this.#wrongName.delete(who)
    await this.#wrongAddress.reward(networkOf(address))
  }

  /** Nobody could say whether it was right. */
  async undecided(address: string, who: string): Promise<void> {
    await this.#wrongName.reward(who)
    await this.#wrongAddress.reward(networkOf(address))
  }

  /** A panel asks for a code. @throws TooOften */
  async code(address: string): Promise<void> {
    await take(this.#codes, networkOf(address), 'Too many codes for this address')
  }
}

const limiter = (points: number, duration: number) => new RateLimiterMemory({ points, duration })

async function take(limits: RateLimiterMemory, name: string, words: string): Promise<void> {
  try {
    await limits.consume(name)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    throw tooOften(words, error.msBeforeNext)
  }
}

function tooOften(words: string, waitMs: number): TooOften {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new TooOften(`${words}: try again in ${seconds} s.`, seconds)
}

/** Of IPv6 whoever has one address has all of its /64. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...zeros, ...tail].slice(0, 4).join(':')
}
