/** A really started server for a browser to look at, with shops whose working day is now. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Role } from '#core/rights.ts'
import type { View } from '#core/view.ts'
import { newDataDir } from '../support/database.ts'
import { linkAs, startTestServer, type TestServer } from '../support/server.ts'

export class Floor {
  #dataDir: string | undefined
  #server: TestServer | undefined
  #port = 0
  #shops = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** The shop in use: a test begins with one of its own. */
  shop = ''

  /** Starts the server, on the port it had before if it ran before. */
  async start(): Promise<void> {
    this.#dataDir ??= await newDataDir()
    this.#server = await startTestServer({ dataDir: this.#dataDir, port: this.#port })
    this.#port = Number(new URL(this.#server.url).port)
  }

  async stop(): Promise<void> {
    await this.#server?.close()
    this.#server = undefined
  }

  async remove(): Promise<void> {
    await this.stop()
    if (this.#dataDir !== undefined) await rm(this.#dataDir, { recursive: true, force: true })
  }

  async openShop(name: string): Promise<void> {
    this.#shops++
    this.shop = `shop-${this.#shops}`
    const { status, text } = await this.#running.ask('PUT', `/api/shops/${this.shop}`, {
      body: { name, timezone: zoneOfNoon() },
    })
    if (status !== 201) throw new Error(text)
  }

  /** Sends one event that happened at `time`. */
  async post(type: string, subject: string, data: object, time = Date.now()): Promise<void> {
    const event = { specversion: '1.0', id: randomUUID(), source: 'test', type, subject, data }
    await this.#running.send(this.shop, [{ ...event, time: new Date(time).toISOString() }])
  }

  /** Loads one event of the history of a shop in which nothing later has happened. */
  async fill(type: string, subject: string, data: object, time: number): Promise<void> {
    const event = { specversion: '1.0', id: randomUUID(), source: 'test', type, subject, data }
    await this.#running.send(this.shop, [{ ...event, time: new Date(time).toISOString() }], 'backfill')
  }

  /** A link that opens a page as somebody with a role at every shop. */
  link(path: string, name = '王组长', everywhere: Role = 'admin'): Promise<string> {
    return linkAs(this.#running, path, name, everywhere)
  }

  /** The server itself, for what a page does not do. */
  get server(): TestServer {
    return this.#running
  }

  view(): Promise<View> {
    return this.#running.view(this.shop)
  }

  /** The history of the alerts of a rule. */
  async alerts(rule: string): Promise<object[]> {
    return (await this.#running.ask('GET', `/api/shops/${this.shop}/alerts?rule=${rule}`)).json.alerts
  }

  get #running(): TestServer {
    if (this.#server === undefined) throw new Error('the server is not running')
    return this.#server
  }
}

/** A zone in which it is about noon now, so that the chat clocks run whenever the tests do. */
function zoneOfNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
