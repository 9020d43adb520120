/** A real OpenID Connect provider on this machine, with one person at it who says yes to everything. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface OpenIdProvider {
  issuer: string
  /** Who signs in there next. */
  person: { sub: string; name: string; email: string }
  close(): Promise<void>
}

export const CLIENT = { clientId: 'floorwatch', clientSecret: 'a-secret-of-the-provider' }

/** @param callback where people are sent back to */
export async function startProvider(callback: (issuer: string) => string): Promise<OpenIdProvider> {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const person = { sub: 'p1', name: '何青', email: 'he@example.com' }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [callback(issuer)],
      },
    ],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, name: person.name, email: person.email, email_verified: true }),
    }),
    interactions: { url: (_context, { uid }) => `/yes/${uid}` },
    cookies: { keys: ['of the tests'] },
  })
  const answer = provider.callback()
  http.on('request', async (request, response) => {
    if (!request.url?.startsWith('/yes/')) return answer(request, response)
    const { prompt, params, grantId } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: person.sub } })
    const grant =
      (grantId && (await provider.Grant.find(grantId))) ||
      new provider.Grant({ accountId: person.sub, clientId: String(params.client_id) })
    grant.addOIDCScope('openid profile email')
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  })
  return {
    issuer,
    person,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
