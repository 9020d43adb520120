import type { AlertView, View } from '#core/view.ts'

/** Whose an alert is and what it is about, by the names people use, the agent first; ids that nobody knows by heart are left out. */
export function alertNames(view: View, alert: AlertView, queueName: (id: string) => string): string[] {
  const agent = alert.agent === undefined ? undefined : view.agents[alert.agent]?.name
  const queue = alert.queue === undefined ? undefined : queueName(alert.queue)
  const names = [agent, queue, subjectName(view, alert, queueName)].filter((name) => name !== undefined)
  return [...new Set(names)]
}

/** An agent, an item, a wave by its time of day, a queue, a source, the shop; undefined for what has only an id. */
export function subjectName(
  view: View,
  { subject }: Pick<AlertView, 'subject'>,
  queueName: (id: string) => string,
): string | undefined {
  const own = Object.hasOwn
  if (own(view.agents, subject)) return view.agents[subject]!.name
  if (own(view.stock, subject)) return view.stock[subject]!.name ?? subject
  if (own(view.pickups, subject)) return subject.slice(subject.indexOf('T') + 1)
  if (own(view.queues, subject)) return queueName(subject)
  if (own(view.sources, subject)) return subject
  return subject === view.shop ? view.name : undefined
}
