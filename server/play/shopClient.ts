import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from './usageError.ts'

/** What the server said to a batch of events; `index` counts within the batch. */
export interface Receipt {
  accepted: number
  duplicates: number
  rejected: { index: number; id?: string; error: string }[]
}

export interface ShopFacts {
  timezone: string
  seq: number
}

export interface ClientSettings {
  /** Without a slash at its end. */
  url: string
  key: string
  /** How long to go on trying when nobody answers or the server is overloaded. */
  patienceMs?: number
  /** Told why when a request has to be tried again, once a request. */
  onRetry?: (reason: string) => void
  signal?: AbortSignal
}

const PATIENCE_MS = 60_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5_000
/** What fetch says of a port that is another protocol's: it will never ask there. */
const FORBIDDEN = 'bad port'

/** A shop of a Floorwatch server, as any program may use it over HTTP. Errors are UsageErrors that say what to do. */
export class ShopClient {
  readonly shop: string
  #settings: ClientSettings

  constructor(shop: string, settings: ClientSettings) {
    this.shop = shop
    this.#settings = settings
  }

  /** Undefined when there is no such shop. */
  async facts(): Promise<ShopFacts | undefined> {
    const response = await this.#call('GET', '/view')
    if (response.status === 404) return undefined
    return (await this.#accept(response, 200)) as ShopFacts
  }

  async create(name: string, timezone: string): Promise<void> {
    const body = JSON.stringify({ name, timezone })
    await this.#accept(await this.#call('PUT', '', 'application/json', body), 200, 201, 204)
  }

  /** Sends events, each one the JSON text of a CloudEvent; returns when those accepted are durable. */
  async send(events: readonly string[], mode: 'live' | 'backfill'): Promise<Receipt> {
    const path = mode === 'backfill' ? '/events?mode=backfill' : '/events'
    const response = await this.#call('POST', path, 'application/x-ndjson', events.join('\n'))
    const receipt = (await this.#accept(response, 202, 422)) as Partial<Receipt>
    return { accepted: 0, duplicates: 0, rejected: [], ...receipt }
  }

  /** Tries again, later and later, while nobody answers or the server asks for time. */
  async #call(method: string, path: string, mediaType?: string, body?: string): Promise<Response> {
    const { url, key, patienceMs = PATIENCE_MS, onRetry, signal } = this.#settings
    const headers = { authorization: `Bearer ${key}`, ...(mediaType && { 'content-type': mediaType }) }
    const deadline = Date.now() + patienceMs
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      let reason: string
      let wait = pause
      try {
        const target = `${url}/api/shops/${encodeURIComponent(this.shop)}${path}`
        const response = await fetch(target, { method, headers, ...(body !== undefined && { body }) })
        if (response.status !== 429 && response.status !== 503) return response
        await response.body?.cancel()
        reason = `the server is overloaded (${response.status})`
        wait = Math.max(pause, retryAfterMs(response))
      } catch (error) {
        reason = `no answer from ${url} (${causeOf(error)})`
        if (causeOf(error) === FORBIDDEN) throw new UsageError(`--url ${url}: expected a port that may be asked`)
      }
      if (Date.now() + wait > deadline) throw new UsageError(`${reason}; is the server running?`)
      if (pause === FIRST_PAUSE_MS) onRetry?.(`${reason}, trying again`)
      await sleep(wait, undefined, signal && { signal })
    }
  }

  async #accept(response: Response, ...statuses: number[]): Promise<unknown> {
    const text = await response.text()
    if (!statuses.includes(response.status)) throw new UsageError(refusal(response.status, text))
    return text === '' ? undefined : JSON.parse(text)
  }
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'))
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_PAUSE_MS) : 0
}

function causeOf(error: unknown): string {
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined
  return cause?.code ?? cause?.message ?? (error as Error).message
}

/** The server's own words, if it gave any. */
function refusal(status: number, text: string): string {
  let detail: unknown
  try {
    detail = (JSON.parse(text) as { detail?: unknown }).detail
  } catch {
    // Not a problem document: the status has to do.
  }
  const advice = status === 403 ? '; a key that plays has the scopes read, events:write and backfill' : ''
  return `the server answered ${status}${typeof detail === 'string' ? `: ${detail}` : ''}${advice}`
}
