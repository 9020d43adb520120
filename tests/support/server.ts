/** A real server for tests: its own directory, any free port, an administrator's key. */
import { rm } from 'node:fs/promises'
import type { Role } from '#core/rights.ts'
import type { View } from '#core/view.ts'
import { type RunningServer, startServer } from '#server/main.ts'
import type { Settings } from '#server/settings.ts'
import { newDataDir } from './database.ts'

export const ADMIN_KEY = 'the-administrator-of-the-tests'

export interface TestServer extends Pick<RunningServer, 'setupLink' | 'enterLink'> {
  url: string
  dataDir: string
  /** A request with the administrator's key, or with another; '' for none. */
  ask(method: string, path: string, options?: Ask): Promise<Answer>
  makeShop(shop?: string, timezone?: string): Promise<string>
  makeKey(scopes: string[], shop?: string): Promise<string>
  /** Sends events as a batch. @throws Error when not all went in */
  send(shop: string, events: object[], mode?: 'live' | 'backfill'): Promise<Receipt>
  view(shop: string, at?: string | number): Promise<View>
  close(): Promise<void>
}
export interface Ask {
  key?: string
  type?: string
  body?: unknown
  headers?: Record<string, string>
}
export interface Answer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  json: any
}
export interface Receipt {
  accepted: number
  duplicates: number
  rejected: { index: number; id?: string; error: string }[]
  head: number
}

export async function startTestServer(settings: Partial<Settings> = {}): Promise<TestServer> {
  const dataDir = settings.dataDir ?? (await newDataDir())
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    adminKey: ADMIN_KEY,
    logLevel: 'silent',
    ...settings,
    dataDir,
  })
  return {
    ...testClient(server.url),
    setupLink: server.setupLink,
    enterLink: server.enterLink,
    dataDir,
    async close() {
      await server.close()
      if (settings.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Speaks to a server wherever it runs. */
export function testClient(url: string): Omit<TestServer, 'close' | 'dataDir' | 'setupLink' | 'enterLink'> {
  async function ask(method: string, path: string, { key = ADMIN_KEY, type, body, headers }: Ask = {}) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(key !== '' && { authorization: `Bearer ${key}` }),
        ...(text !== undefined && { 'content-type': type ?? 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    })
    return answerOf(response)
  }

  return {
    url,
    ask,
    async makeShop(shop = 'demo', timezone = 'Asia/Shanghai') {
      expectStatus(await ask('PUT', `/api/shops/${shop}`, { body: { name: `Shop ${shop}`, timezone } }), 201)
      return shop
    },
    async makeKey(scopes, shop) {
      const made = await ask('POST', '/api/keys', { body: { name: `key for ${scopes.join(' ')}`, scopes, shop } })
      return expectStatus(made, 201).json.key
    },
    async send(shop, events, mode = 'live') {
      const type = 'application/cloudevents-batch+json'
      const sent = await ask('POST', `/api/shops/${shop}/events?mode=${mode}`, { type, body: events })
      const receipt: Receipt = expectStatus(sent, 202).json
      if (receipt.rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(receipt.rejected.slice(0, 3))}`)
      return receipt
    },
    async view(shop, at) {
      const instant = typeof at === 'number' ? new Date(at).toISOString() : at
      const query = instant === undefined ? '' : `?at=${encodeURIComponent(instant)}`
      return expectStatus(await ask('GET', `/api/shops/${shop}/view${query}`), 200).json
    },
  }
}

/** A link that opens a page as somebody with a role at every shop, who is made for it. */
export function linkAs(
  server: Pick<TestServer, 'enterLink'>,
  path: string,
  name = '王组长',
  everywhere: Role = 'admin',
) {
  const username = `p${Buffer.from(name).toString('hex')}`.slice(0, 40)
  return server.enterLink(path, { name, username, everywhere })
}

let count = 0

/** A CloudEvent with an id of its own; `time` is now unless given. */
export function cloudEvent(type: string, subject: string, data: object = {}, more: object = {}) {
  count++
  const time = new Date().toISOString()
  return { specversion: '1.0', id: `e${count}`, source: 'test', type, subject, time, data, ...more }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {}
  return { status: response.status, headers: response.headers, text, json }
}

function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`)
  return answer
}
