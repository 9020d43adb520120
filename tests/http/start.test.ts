import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { readSettings, StartError } from '#server/settings.ts'
import { newDataDir } from '../support/database.ts'
import { runToEnd } from '../support/process.ts'

describe('[start] settings', () => {
  test('[start] with nothing set: loopback, 8080, ./data, no key', () => {
    expect(readSettings({ PORT: '', ADMIN_KEY: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      adminKey: undefined,
    })
  })

  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('[start] %j is told by name', (env, name) => {
    expect(() => readSettings(env)).toThrow(StartError)
    expect(() => readSettings(env)).toThrow(new RegExp(`^${name}: expected [^\n]*$`))
  })
})

describe('[start] what keeps it from starting', () => {
  test('[start] a bad value, or a port in use: one line that says what to do, exit 1', async () => {
    expect(await runToEnd({ PORT: 'x' })).toEqual({ code: 1, said: 'PORT: expected a number from 0 to 65535\n' })

    const taken = createServer().listen(0, '127.0.0.1')
    const dataDir = await newDataDir()
    try {
      const { port } = taken.address() as { port: number }
      const { code, said } = await runToEnd({ PORT: String(port), DATA_DIR: dataDir })
      expect(code).toBe(1)
      expect(said).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use: [^\n]+\n$`))
    } finally {
      taken.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  })
})
