import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { buildWeb } from './buildWeb.ts'

/** The directory of the built pages, made once for a whole test run: whoever comes first builds, the others wait. */
export async function builtWeb(): Promise<string> {
  const dist = path.join(inject('runDir'), 'web')
  try {
    mkdirSync(`${dist}-making`)
  } catch {
    while (!existsSync(dist)) await sleep(50)
    return dist
  }
  buildWeb(`${dist}-making/dist`)
  renameSync(`${dist}-making/dist`, dist)
  return dist
}
