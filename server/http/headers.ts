/** What every answer says to browsers: nothing foreign is loaded, framed, guessed or told where one came from. */
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from './door.ts'

/** @param publicUrl where people reach the server; only what is reached by https can demand it */
export function headers(publicUrl: string | undefined): MiddlewareHandler<Env> {
  const isSecure = publicUrl?.startsWith('https://') ?? false
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
    strictTransportSecurity: isSecure && 'max-age=31536000',
  })
}
