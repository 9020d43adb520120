/** Signed deliveries (Standard Webhooks): the same events, for sources that cannot send a key but sign what they send. */
import { createRoute, z } from '@hono/zod-openapi'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { releaseDelivery, takeDelivery } from '#db/apiKeys.ts'
import { allows } from '#server/auth/grant.ts'
import { newApi } from './api.ts'
import { readText } from './body.ts'
import { readCandidates } from './cloudEvents.ts'
import type { Deps } from './deps.ts'
import { ingest } from './ingest.ts'
import { Problem } from './problem.ts'
import { checkReceipt, receiptSchema } from './receipt.ts'
import { json, orProblem, shopPath, wholeNumber } from './schemas.ts'

/** As far as a timestamp may lie from now: what Standard Webhooks says and its library keeps. */
const TOLERANCE_MS = 5 * 60_000
/** A delivery is remembered for longer than any clock would take it. */
const REMEMBERED_MS = 3 * TOLERANCE_MS
const MAX_ID = 200

export function webhookRoutes(deps: Deps) {
  const deliver = createRoute({
    method: 'post',
    path: '/api/shops/{shop}/webhooks/{key}',
    summary: 'Send events signed by Standard Webhooks, with the secret of a key; the same delivery again is refused',
    description: 'The body is as for events. A retry has the same webhook-id and a new webhook-timestamp.',
    security: [],
    request: {
      params: shopPath.extend({ key: wholeNumber(2 ** 31 - 1) }),
      headers: z.object({
        'webhook-id': z.string().min(1).max(MAX_ID),
        'webhook-timestamp': z.string().regex(/^\d{1,12}$/, 'expected seconds since 1970'),
        'webhook-signature': z.string().min(1).max(1_000),
      }),
    },
    responses: { 202: json(receiptSchema, 'All accepted events are durable.'), ...orProblem },
  })

  return newApi().openapi(deliver, async (c) => {
    const { shop: slug, key } = c.req.valid('param')
    const headers = c.req.valid('header')
    const body = await readText(c)
    const signer = await deps.keys.signerOf(key)
    if (signer === undefined || !isSigned(signer.secret, body, headers)) {
      await deps.limits.unknown(c.var.address)
      throw new Problem(401, 'webhook-signature: not by the secret of this key, or webhook-timestamp is not of now.')
    }
    const { grant } = signer
    await deps.limits.byGrant(grant)
    deps.keys.used(grant)
    if (!allows(grant, slug, 'send')) throw new Problem(403, 'This key does not allow send here.')
    const shop = await deps.shops.find(slug)
    if (shop === undefined) throw new Problem(404, `There is no shop ${slug}.`)
    const candidates = readCandidates(c.req.raw.headers, body)
    const delivery = { keyId: key, id: headers['webhook-id'], signedAt: 1000 * Number(headers['webhook-timestamp']) }
    if (!(await takeDelivery(deps.db, delivery, deps.clock.now() - REMEMBERED_MS)))
      throw new Problem(409, 'webhook-id: this delivery has been taken already.')
    try {
      return c.json(checkReceipt(await ingest(deps, shop, grant, candidates, 'live')), 202)
    } catch (error) {
      await releaseDelivery(deps.db, delivery)
      throw error
    }
  })
}

function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false })
    return true
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false
    throw error
  }
}
