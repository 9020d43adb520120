/** The description of every route, at /api/openapi.json. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from './door.ts'
import { cloudEvent } from './schemas.ts'

export function describeApi(app: OpenAPIHono<Env>): void {
  app.openAPIRegistry.register('CloudEvent', cloudEvent)
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', { type: 'http', scheme: 'bearer' })
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Floorwatch', version: '1', description: 'Events in, views out. Live views come over Socket.IO.' },
    security: [{ key: [] }],
  })
}
