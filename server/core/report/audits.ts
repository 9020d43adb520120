/** What was sampled, and how much of it was in order. */
import type { AuditKind } from '../samples.ts'
import type { Gathered } from './gather.ts'
import { type Measure, share } from './measure.ts'

export function audited({ samples }: Gathered, kind: AuditKind): Measure {
  let checked = 0
  let passed = 0
  for (const { audits } of samples) {
    checked += audits[kind]?.checked ?? 0
    passed += audits[kind]?.passed ?? 0
  }
  return share(passed, checked, 'no_audits')
}
