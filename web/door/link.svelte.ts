/** A link may let somebody in by itself: `#in=TOKEN`. */
import { send } from '../api.ts'

class Link {
  /** One was tried and no longer works. */
  refused = $state(false)
}
export const link = new Link()

/** The token is taken out of the address bar and the history before it is used. Tells whether somebody was let in. */
export async function takeLink(): Promise<boolean> {
  const fragment = new URLSearchParams(location.hash.slice(1))
  const token = fragment.get('in')
  if (!token) return false
  fragment.delete('in')
  const rest = fragment.size > 0 ? `#${fragment}` : ''
  history.replaceState(history.state, '', location.pathname + location.search + rest)
  return send('/api/auth/link/enter', { token }).then(
    () => true,
    () => {
      link.refused = true
      return false
    },
  )
}
