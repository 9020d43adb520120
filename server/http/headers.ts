/** What every answer says to browsers: nothing foreign is loaded, framed, guessed or told where one came from. */

const POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** @param publicUrl where people reach the server; only what is reached by https can demand it */
export function securityHeaders(publicUrl: string | undefined): [name: string, value: string][] {
  return [
    ['content-security-policy', POLICY],
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
    ...(publicUrl?.startsWith('https://')
      ? [['strict-transport-security', 'max-age=31536000'] as [string, string]]
      : []),
  ]
}
