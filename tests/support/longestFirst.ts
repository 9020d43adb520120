/** In which order test files are begun: what takes longest first, so that no core is left waiting for it at the end. */
import path from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take many seconds, the longest first. */
const LONG = [
  ...['core/model', 'core/report', 'core/'],
  ...['pictures/legible', 'browser/doors', 'browser/lead', 'browser/', 'demo/demo', 'live/crash', 'doors/isolation'],
  ...['contracts/', 'live/', 'keeping/'],
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = await super.sort(files)
    return known.sort((a, b) => turn(a) - turn(b) || rank(a) - rank(b))
  }
}

/** Project by project, as a worker that goes over to another is started anew. */
const turn = ({ project }: TestSpecification) => (project.name === 'pure' ? 0 : 1)

function rank({ moduleId }: TestSpecification): number {
  const name = path.relative(path.join(import.meta.dirname, '..'), moduleId)
  const found = LONG.findIndex((start) => name.startsWith(start))
  return found === -1 ? LONG.length : found
}
