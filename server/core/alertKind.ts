import type { Alert } from './alerts.ts'
import type { SubjectKind } from './row.ts'

/** What an alert is about. A clock's id says which of the nouns its rule is of. */
export function kindOf({ id, rule, queue }: Pick<Alert, 'id' | 'rule' | 'queue'>): SubjectKind {
  if (rule === 'response_rate') return queue === undefined ? 'shop' : 'queue'
  const ofCondition = CONDITION_KINDS[rule]
  return ofCondition ?? (id.split('/')[1] as SubjectKind)
}

const CONDITION_KINDS: Record<string, SubjectKind> = {
  queue_depth: 'queue',
  no_agent: 'queue',
  over_capacity: 'agent',
  away_too_long: 'agent',
  wave_at_risk: 'wave',
  stock_out: 'sku',
  source_silent: 'source',
}
