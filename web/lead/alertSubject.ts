/** What an alert is about, to be opened. */
import { kindOf } from '#core/alertKind.ts'
import type { SubjectKind } from '#core/row.ts'
import type { AlertView } from '#core/view.ts'

export function subjectOf(id: string, alert: AlertView): { kind: SubjectKind; subject: string } {
  return { kind: kindOf({ id, rule: alert.rule, queue: alert.queue }), subject: alert.subject }
}
