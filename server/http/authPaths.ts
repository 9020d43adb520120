/** What openapi.json says of signing in: better-auth answers these routes (auth.ts), so nothing derives it. */
import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { newPerson, password } from '#server/auth/newPerson.ts'
import type { Env } from './door.ts'
import { json, orProblem } from './schemas.ts'

const text = z.string()
const token = text.openapi({ description: 'Of a link, after its `#token=`.' })
const session = json(z.looseObject({}), 'Done; the cookie of a session comes with it.')
const done = json(z.looseObject({}), 'Done.')

/** Path below /api/auth, what it is for, its body, what it answers. */
const POSTS: [path: string, summary: string, body: z.ZodObject, answer: ReturnType<typeof json>][] = [
  ['sign-in/username', 'Sign in by user name', z.object({ username: text, password: text }), session],
  ['sign-in/email', 'Sign in by email', z.object({ email: text, password: text }), session],
  [
    'sign-in/social',
    'Begin to sign in at the OpenID Connect provider',
    z.object({ provider: z.literal('openid'), callbackURL: text, errorCallbackURL: text.optional() }),
    json(z.object({ url: text }), 'Where to go on.'),
  ],
  ['sign-out', 'End this session', z.object({}), done],
  [
    'change-password',
    'Change one’s own password',
    z.object({ currentPassword: text, newPassword: password, revokeOtherSessions: z.boolean().optional() }),
    done,
  ],
  [
    'link/look',
    'What a link is for',
    z.object({ token }),
    json(
      z.object({ kind: z.enum(['setup', 'demo', 'password']), name: text.optional(), username: text.optional() }),
      'A link in force.',
    ),
  ],
  ['link/setup', 'Make the first administrator', newPerson.extend({ token, password }), session],
  ['link/password', 'Choose a password', z.object({ token, password }), session],
  ['link/enter', 'Come in by the link of a demo', z.object({ token }), session],
  [
    'device/code',
    'A code for a panel to be paired by (RFC 8628)',
    z.object({ client_id: text }),
    json(
      z.looseObject({ device_code: text, user_code: text, interval: z.number(), expires_in: z.number() }),
      'A code.',
    ),
  ],
  [
    'device/token',
    'Whether that code has been confirmed (RFC 8628)',
    z.object({ grant_type: text, device_code: text, client_id: text }),
    session,
  ],
]

export function describeAuth({ openAPIRegistry }: OpenAPIHono<Env>): void {
  for (const [path, summary, body, answer] of POSTS)
    openAPIRegistry.registerPath({
      method: 'post',
      path: `/api/auth/${path}`,
      summary,
      security: [],
      request: { body: { content: { 'application/json': { schema: body } } } },
      responses: { 200: answer, ...orProblem },
    })
  openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/auth/callback/{provider}',
    summary: 'Where the provider sends people back to',
    security: [],
    request: { params: z.object({ provider: z.literal('openid') }) },
    responses: { 302: { description: 'On to the page they came from, signed in or told why not.' }, ...orProblem },
  })
}
