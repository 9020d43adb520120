/** In which order test files are begun: what takes longest first, so that no core is left waiting for it at the end. */
import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes or many seconds, the longest first. */
const LONG = ['pictures/legible', 'browser/lead', 'browser/modes', 'browser/lasting', 'browser/', 'core/model', 'live/']

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = await super.sort(files)
    return known.sort((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const name = path.relative(path.join(import.meta.dirname, '..'), moduleId)
  const found = LONG.findIndex((start) => name.startsWith(start))
  return found === -1 ? LONG.length : found
}
