/** Signing in and out, links and panels: the routes of better-auth that the product uses, and no others. */
import { type Context, Hono } from 'hono'
import { ADDRESS_HEADER } from '#server/auth/identity.ts'
import { smallBody } from './body.ts'
import type { Deps } from './deps.ts'
import type { Env } from './door.ts'
import { Problem } from './problem.ts'
import { sameOrigin } from './sameOrigin.ts'

const BASE = '/api/auth'
/** No name is longer that somebody could have. */
const NAME_MAX = 200

export function authRoutes(deps: Deps) {
  const { identity, people, limits, audit } = deps

  /** Hands on to better-auth, and its refusals as problems. */
  async function pass(c: Context<Env>): Promise<Response> {
    const headers = new Headers(c.req.raw.headers)
    headers.set(ADDRESS_HEADER, c.var.address)
    if (c.req.method === 'GET') return await answerOf(new Request(c.req.url, { headers }))
    if (!sameOrigin(headers))
      throw new Problem(403, 'This comes from another site: open the page here and do it there.')
    const body = JSON.stringify(await jsonOf(c))
    return await answerOf(new Request(c.req.url, { method: 'POST', headers: jsonHeaders(headers), body }))
  }

  async function answerOf(request: Request): Promise<Response> {
    const answer = await identity.handler(request)
    if (answer.status >= 400) throw await refused(answer)
    return answer
  }

  /** @param by the field of the body that says who it is */
  function signIn(by: 'username' | 'email') {
    return async (c: Context<Env>): Promise<Response> => {
      const name = String((await jsonOf(c))[by] ?? '').slice(0, NAME_MAX)
      const { address } = c.var
      // Whichever way they are named, guesses at one person are counted together.
      const [who = name.toLowerCase()] = await people.known({ [by]: name })
      await limits.guess(address, who)
      try {
        const answer = await pass(c)
        await limits.right(address, who)
        return answer
      } catch (error) {
        if (error instanceof Problem && error.status === 401)
          await audit.note(undefined, 'sign_in_failed', { target: name, address })
        else await limits.undecided(address, who)
        throw error
      }
    }
  }

  async function byLink(c: Context<Env>): Promise<Response> {
    try {
      return await pass(c)
    } catch (error) {
      if (error instanceof Problem && error.status < 500) await limits.unknown(c.var.address)
      throw error
    }
  }

  return new Hono<Env>()
    .use(`${BASE}/*`, smallBody)
    .post(`${BASE}/sign-in/username`, signIn('username'))
    .post(`${BASE}/sign-in/email`, signIn('email'))
    .post(`${BASE}/sign-in/social`, pass)
    .get(`${BASE}/callback/:provider`, pass)
    .post(`${BASE}/sign-out`, async (c) => {
      const grant = await deps.door.grantOf(c)
      const answer = await pass(c)
      if (grant !== undefined) await audit.note(grant, 'signed_out', { address: c.var.address })
      return answer
    })
    .post(`${BASE}/change-password`, async (c) => {
      const answer = await pass(c)
      await audit.note(c.var.grant, 'password_set', { target: c.var.grant.name, address: c.var.address })
      return answer
    })
    .post(`${BASE}/link/look`, byLink)
    .post(`${BASE}/link/setup`, byLink)
    .post(`${BASE}/link/password`, byLink)
    .post(`${BASE}/link/enter`, byLink)
    .post(`${BASE}/device/code`, async (c) => {
      await limits.code(c.var.address)
      return await pass(c)
    })
    .post(`${BASE}/device/token`, pass)
}

/** @throws Problem 415 or 400 for what is no JSON object */
async function jsonOf(c: Context<Env>): Promise<Record<string, unknown>> {
  if (!c.req.header('content-type')?.startsWith('application/json'))
    throw new Problem(415, 'Content-Type: expected application/json.')
  let value: unknown
  const text = await c.req.text()
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem(400, 'The body is not JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(400, 'The body: expected a JSON object.')
  return value as Record<string, unknown>
}

/** The length is of another body now. */
function jsonHeaders(headers: Headers): Headers {
  for (const name of ['content-length', 'transfer-encoding', 'content-encoding']) headers.delete(name)
  headers.set('content-type', 'application/json')
  return headers
}

/** What better-auth said, as a problem; the codes of RFC 8628 stay where a panel looks for them. */
async function refused(answer: Response): Promise<Problem> {
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  const { message, error, error_description, code } = said
  const detail = String(message ?? error_description ?? 'This was refused.')
  const members = { ...(typeof error === 'string' && { error }), ...(typeof code === 'string' && { code }) }
  return new Problem(answer.status >= 500 ? 503 : answer.status, detail, { members })
}
