/** A group of described routes. What does not fit its description is answered with a 400 that says why. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from './door.ts'
import { unfit } from './problem.ts'

const places = {
  json: 'The body',
  form: 'The form',
  query: 'The query',
  param: 'The path',
  header: 'A header',
  cookie: 'A cookie',
}

export function newApi(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw unfit(400, result.error, places[result.target])
    },
  })
}
