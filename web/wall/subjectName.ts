import type { AlertView, View } from '#core/view.ts'

/** What an alert is about, by the names people use: an agent, an item, a wave by its time of day, a queue, else the id. */
export function subjectName(view: View, { subject }: AlertView, queueName: (id: string) => string): string {
  const own = Object.hasOwn
  if (own(view.agents, subject)) return view.agents[subject]!.name
  if (own(view.stock, subject)) return view.stock[subject]!.name ?? subject
  if (own(view.pickups, subject)) return subject.slice(subject.indexOf('T') + 1)
  if (own(view.queues, subject)) return queueName(subject)
  if (subject === view.shop) return view.name
  return subject
}

/** Whose an alert is and what it is about, the agent first. */
export function alertNames(view: View, alert: AlertView, queueName: (id: string) => string): string[] {
  const agent = alert.agent === undefined ? undefined : view.agents[alert.agent]?.name
  const queue = alert.queue === undefined ? undefined : queueName(alert.queue)
  const names = [agent, queue, subjectName(view, alert, queueName)].filter((name) => name !== undefined)
  return [...new Set(names)]
}
