/**
 * A whole floor that an earlier release saved, in today's form. Others are rebuilt from the log; only the floor that a
 * log begins with cannot be.
 */
import type { EncodedFloor } from './savedFloor.ts'
import { SNAPSHOT_VERSION } from './version.ts'

interface Index {
  version: number
}

/**
 * By the version that wrote it: the first page as the version after that one would have written it. Since 11 the fold
 * means something else, the index does not.
 */
const LIFTS: Record<number, (index: Index) => Index> = {
  10: withFilters,
  11: same,
  12: same,
  13: same,
  14: same,
  15: same,
  16: same,
}

function same(index: Index): Index {
  return index
}

/** @throws Error when it was saved by a release too old, or by a later one */
export function liftSaved({ front, pages: [first, ...others] }: EncodedFloor): EncodedFloor {
  let index = JSON.parse(first?.text ?? '{}') as Index
  while (index.version !== SNAPSHOT_VERSION) {
    const lift = LIFTS[index.version]
    if (lift === undefined) throw new Error(`a floor saved by version ${index.version} cannot be lifted`)
    index = { ...lift(index), version: index.version + 1 }
  }
  return { front, pages: [{ text: JSON.stringify(index) }, ...others] }
}

interface Index10 extends Index {
  alerts: object
  customers: object
  parts: Record<string, { waking: number }>
}

/** A filter that lets every id pass, and pages of which none is known to be over. */
function withFilters(index: Index): Index {
  const { alerts, customers, parts, ...rest } = index as Index10
  const filter = '|'
  const lifted = Object.entries(parts).map(([part, written]) => {
    const waking = Array<number>(written.waking).fill(Number.MAX_SAFE_INTEGER)
    return [part, { ...written, filter, waking }] as const
  })
  return Object.assign(rest, {
    alerts: { ...alerts, filter },
    customers: { ...customers, filter },
    parts: Object.fromEntries(lifted),
  })
}
