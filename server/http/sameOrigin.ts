/**
 * Whether a request with a cookie comes from a page of this very server. Browsers say so: in `Sec-Fetch-Site`, which no
 * page can set, or in `Origin`. Whoever sends neither is no browser that another site could have led here.
 */
export function sameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = headers.get('origin')
  if (origin === null) return true
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  return URL.parse(origin)?.host === host
}
