import type { AgentView, AlertView, View } from '#core/view.ts'

/** An empty floor at noon in Shanghai, with what is given put in. */
export function aView(parts: Partial<View> = {}): View {
  const nothing = () => ({ targetMs: 30_000, today: { count: 0, met: 0 }, recent: { count: 0, met: 0 } })
  return {
    shop: 'shop',
    name: 'A shop',
    timezone: 'Asia/Shanghai',
    seq: 1,
    at: '2026-11-21T04:00:00.000Z',
    queues: {},
    response: { first: nothing(), reply: nothing(), rate: { low: 0.9, well: 0.92 } },
    agents: {},
    stock: {},
    pickups: {},
    clocks: {},
    alerts: {},
    alertCounts: {},
    sources: {},
    ...parts,
  }
}

export function anAlert(parts: Partial<AlertView> = {}): AlertView {
  return {
    rule: 'first_response',
    subject: 'c1',
    level: 'breach',
    state: 'open',
    since: '2026-11-21T03:59:00.000Z',
    ...parts,
  }
}

export function anAgent(parts: Partial<AgentView> = {}): AgentView {
  return {
    name: 'An agent',
    queues: ['presales'],
    status: 'online',
    active: 0,
    awaitingReply: 0,
    autoReplies: 0,
    firstToday: { count: 0, met: 0 },
    ...parts,
  }
}
