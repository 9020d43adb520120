/** What the whole test run shares; tests/support/database.ts makes each test file a database of its own from it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildWeb } from './buildWeb.ts'
import { startPostgres } from './postgres.ts'
import { makeTemplate } from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a running PostgreSQL. */
    postgresUrl: string
    /** A directory for what is made once a run, gone after it. */
    runDir: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runDir = mkdtempSync(path.join(tmpdir(), 'floorwatch-run-'))
  const template = makeTemplate(path.join(runDir, 'template'))
  const [postgres] = await Promise.all([startPostgres(), buildWeb(), template])
  project.provide('postgresUrl', postgres.url)
  project.provide('runDir', runDir)
  return async () => {
    await postgres.stop()
    rmSync(runDir, { recursive: true, force: true })
  }
}
