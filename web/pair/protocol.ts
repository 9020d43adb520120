/** How a panel becomes a screen: it asks for a code, shows it, and asks until somebody has confirmed it (RFC 8628). */

const CLIENT = 'floorwatch-screen'
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
/** A server that cannot be reached, or asks for patience, is asked again after so long. */
const TRY_AGAIN_MS = 5_000
/** Asked too often: from then on so much slower. */
const SLOWER_MS = 5_000

export interface Code {
  device_code: string
  user_code: string
  verification_uri_complete: string
  /** Seconds. */
  expires_in: number
  interval: number
}

export interface Answer {
  status: number
  body: unknown
}

/** The world as the protocol needs it: milliseconds of a clock that only goes forward. */
export interface World {
  /** POST of JSON; undefined when nobody answered. */
  post(path: string, body: object): Promise<Answer | undefined>
  wait(ms: number): Promise<void>
  now(): number
}

/** What the panel shows meanwhile. */
export interface Shown {
  code(code: Code, until: number): void
  /** There is no code to show, or nobody answers. */
  trouble(what: 'unreachable' | 'limited' | undefined): void
}

/** Ends when the panel is a screen, with a cookie that says so; a code that expired or was turned down gives way to another. */
export async function pair(world: World, shown: Shown): Promise<void> {
  for (;;) {
    const code = await codeFrom(world, shown)
    const until = world.now() + code.expires_in * 1_000
    shown.code(code, until)
    if (await confirmed(world, shown, code, until)) return
  }
}

async function codeFrom(world: World, shown: Shown): Promise<Code> {
  for (;;) {
    const answer = await world.post('/api/auth/device/code', { client_id: CLIENT })
    if (answer?.status === 200) {
      shown.trouble(undefined)
      return answer.body as Code
    }
    shown.trouble(answer?.status === 429 ? 'limited' : 'unreachable')
    await world.wait(TRY_AGAIN_MS)
  }
}

async function confirmed(world: World, shown: Shown, code: Code, until: number): Promise<boolean> {
  let everyMs = code.interval * 1_000
  const asked = { grant_type: GRANT, device_code: code.device_code, client_id: CLIENT }
  for (;;) {
    await world.wait(Math.min(everyMs, Math.max(0, until - world.now())))
    if (world.now() >= until) return false
    const answer = await world.post('/api/auth/device/token', asked)
    if (answer?.status === 200) return true
    const error = (answer?.body as { error?: string } | undefined)?.error
    if (error === 'slow_down') everyMs += SLOWER_MS
    // Nobody answers, or not to this: the code may still be confirmed once somebody does.
    else if (error !== undefined && error !== 'authorization_pending') return false
    shown.trouble(error === undefined ? 'unreachable' : undefined)
  }
}

/** `XXXX-XXXX`, as people read it out. */
export function readable(code: string): string {
  const plain = code.replaceAll('-', '')
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : code
}
