/** A panel that was confirmed is given its session as a cookie, for longer than a person's: it hangs on a wall for months. */
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'

/** What a panel calls itself when it asks for a code. */
export const SCREEN_CLIENT = 'floorwatch-screen'

/** As long as browsers keep a cookie. */
const SCREEN_S = 400 * 86_400

export function screenCookie(): BetterAuthPlugin {
  return {
    id: 'screen-cookie',
    hooks: {
      after: [
        {
          matcher: ({ path }) => path === '/device/token',
          handler: createAuthMiddleware(async (context) => {
            const begun = context.context.newSession
            if (!begun) return
            const expiresAt = new Date(Date.now() + SCREEN_S * 1000)
            await context.context.internalAdapter.updateSession(begun.session.token, { expiresAt })
            await setSessionCookie(context, begun, false, { maxAge: SCREEN_S })
          }),
        },
      ],
    },
  }
}
