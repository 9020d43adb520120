/** `npm run bench [-- --only NAME] [--quick]`: every benchmark in turn, then one table. */
import { parseArgs } from 'node:util'
import type { Benchmark, Row } from './benchmark.ts'
import { dues } from './dues.ts'
import { fold } from './fold.ts'
import { ingest } from './ingest.ts'
import { latency } from './latency.ts'
import { past } from './past.ts'
import { restart } from './restart.ts'
import { screens } from './screens.ts'
import { single } from './single.ts'
import { formatTable } from './table.ts'
import { whatIf } from './whatIf.ts'

const BENCHMARKS: Benchmark[] = [fold, ingest, single, latency, dues, screens, past, restart, whatIf]

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' } } })
const names = BENCHMARKS.map(({ name }) => name)
const unknown = values.only?.find((name) => !names.includes(name))
if (unknown !== undefined) {
  process.stderr.write(`No benchmark ${unknown}: there are ${names.join(', ')}.\n`)
  process.exit(2)
}

const rows: Row[] = []
for (const { name, run } of BENCHMARKS) {
  if (values.only !== undefined && !values.only.includes(name)) continue
  process.stderr.write(`${name} …\n`)
  rows.push(...(await run(values.quick ?? false)))
}
process.stdout.write(`${formatTable(rows)}\n`)
