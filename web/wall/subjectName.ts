import type { AlertView, View } from '#core/view.ts'

/** What an alert is about, by the names people use: an agent, an item, a wave by its time of day, a queue, else the id. */
export function subjectName(view: View, alert: AlertView, queueName: (id: string) => string): string {
  const { subject } = alert
  const own = Object.hasOwn
  if (own(view.agents, subject)) return view.agents[subject]!.name
  if (own(view.stock, subject)) return view.stock[subject]!.name ?? subject
  if (own(view.pickups, subject)) return subject.slice(subject.indexOf('T') + 1)
  if (own(view.queues, subject)) return queueName(subject)
  if (subject === view.shop) return view.name
  return subject
}
