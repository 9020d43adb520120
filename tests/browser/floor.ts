/** A really started server with shops whose working day is now, for a browser to look at. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type RunningServer, startServer } from '#server/main.ts'

export const KEY = 'a-key-for-tests'

export class Floor {
  #dataDir = mkdtempSync(path.join(tmpdir(), 'floorwatch-wall-'))
  #server: RunningServer | undefined
  #port = 0
  #shops = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Starts the server, on the port it had before if it ran before. */
  async start(): Promise<void> {
    this.#server = await startServer({
      host: '127.0.0.1',
      port: this.#port,
      dataDir: this.#dataDir,
      adminKey: KEY,
      logLevel: 'silent',
    })
    this.#port = Number(new URL(this.#server.url).port)
  }

  /** The shop in use: a test begins with one of its own. */
  get shop(): string {
    return `shop-${this.#shops}`
  }

  async openShop(name: string): Promise<void> {
    this.#shops++
    await this.#call('PUT', `/api/shops/${this.shop}`, { name, timezone: zoneOfNoon() })
  }

  async stop(): Promise<void> {
    await this.#server?.close()
    this.#server = undefined
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  /** Posts one event that happened at `time`. */
  async post(type: string, subject: string, data: object, time = Date.now()): Promise<void> {
    const event = { specversion: '1.0', id: randomUUID(), source: 'test', type, subject, data }
    await this.#call(
      'POST',
      `/api/shops/${this.shop}/events`,
      { ...event, time: new Date(time).toISOString() },
      'application/cloudevents+json',
    )
  }

  async view(): Promise<{ alerts: Record<string, { rule: string; dueAt?: string }> }> {
    return (await this.#call('GET', `/api/shops/${this.shop}/view`)).json() as never
  }

  async #call(method: string, path: string, body?: object, type = 'application/json'): Promise<Response> {
    const answer = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': type },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
}

/** A zone in which it is about noon now, so that the chat clocks run whenever the tests do. */
function zoneOfNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
