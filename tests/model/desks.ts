/** §4: the clocks of one return, one complaint, one inquiry. */
import type { RecordedEvent } from '#core/events.ts'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import { arm } from './clock.ts'
import { checkDue, closeOfDay } from './due.ts'
import { earliest, Milestones } from './milestones.ts'
import { refundClock } from './orders.ts'

export function returnClocks(book: Book, subject: string, events: RecordedEvent[]): Clock[] {
  const milestones = new Milestones(events)
  const at = (step: string) => milestones.first(`return.${step}` as 'return.requested')
  const kind = milestones.attribute('return.requested', 'kind')
  const contract = milestones.attribute('return.requested', 'contract') === true
  const approved = milestones.all('return.confirmed').find(({ data }) => data.approved)?.time

  const clock = (rule: string, start: number | undefined, stop: number | undefined) =>
    arm(book, { rule, subject, start, stop, end: at('closed') })

  return [
    arm(book, {
      rule: 'return_check',
      subject,
      start: at('requested'),
      stop: at('confirmed'),
      end: at('closed'),
      due: checkDue('return_check'),
    }),
    kind === 'return' ? clock('refund_notify', approved, at('refund_notified')) : [],
    contract ? clock('unbind_notify', approved, at('unbind_notified')) : [],
    kind === 'exchange' ? clock('reissue_notify', approved, at('reissue_notified')) : [],
    clock('crm_unbind', at('unbind_notified'), at('unbound')),
    contract ? clock('crm_rebind', at('reissued'), at('rebound')) : [],
    clock('return_inspect', at('received'), at('inspected')),
    refundClock(book, subject, at('refund_notified'), at('refunded')),
  ].flat()
}

export function complaintClocks(book: Book, subject: string, events: RecordedEvent[]): Clock[] {
  const milestones = new Milestones(events)
  const resolved = milestones.first('complaint.resolved')
  const confirmed = milestones.all('complaint.contacted').find(({ data }) => data.confirmed === true)?.time
  return [
    arm(book, {
      rule: 'complaint_call',
      subject,
      start: milestones.first('complaint.opened'),
      stop: milestones.first('complaint.contacted'),
      end: resolved,
      due: closeOfDay,
    }),
    arm(book, {
      rule: 'complaint_escalate',
      subject,
      start: confirmed,
      stop: earliest(milestones.first('complaint.escalated'), resolved),
      end: resolved,
    }),
  ].flat()
}

export function inquiryClocks(book: Book, subject: string, events: RecordedEvent[]): Clock[] {
  const milestones = new Milestones(events)
  const kind = milestones.attribute('inquiry.left', 'kind') ?? 'repair'
  if (kind !== 'repair') return []
  return arm(book, {
    rule: 'inquiry_answer',
    subject,
    start: milestones.first('inquiry.left'),
    stop: milestones.first('inquiry.answered'),
    due: closeOfDay,
  })
}
