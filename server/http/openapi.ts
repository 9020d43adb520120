/** The description of every route, at /api/openapi.json. */
import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { describeAuth } from './authPaths.ts'
import type { Env } from './door.ts'
import { cloudEvent, json } from './schemas.ts'

const ABOUT = {
  openapi: '3.1.0',
  info: { title: 'Floorwatch', version: '1', description: 'Events in, views out. Live views come over Socket.IO.' },
  security: [{ key: [] }],
}

export function describeApi(app: OpenAPIHono<Env>): void {
  app.openAPIRegistry.register('CloudEvent', cloudEvent)
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  describeAuth(app)
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description',
    security: [],
    responses: { 200: json(z.looseObject({}), 'OpenAPI 3.1.') },
  })
  // Anybody may ask for it, and making it takes a while.
  let description: string | undefined
  app.get('/api/openapi.json', (c) => {
    description ??= JSON.stringify(app.getOpenAPI31Document(ABOUT))
    return c.body(description, 200, { 'content-type': 'application/json' })
  })
}
