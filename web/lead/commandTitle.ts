/** What a command is about, and to whom or where it goes: `c27 → 林秋`, `会话 × 5 · c1、c2、c3…`, `配送时长 × 50`. */
import type { FloorCommand, SingleCommand } from '#core/commands.ts'
import type { View } from '#core/view.ts'
import { named } from '../i18n/i18n.svelte.ts'
import { l } from './words.svelte.ts'

const NAMED = 3

export function commandTitle(command: FloorCommand, view: Pick<View, 'agents' | 'alerts'>): string {
  const all = command.command === 'together' ? command.commands : [command]
  const subjects = all.map((one) => subjectOf(one, view))
  const [first] = all
  if (all.length > 1 && first !== undefined && 'alert' in first)
    return `${[...new Set(subjects)].join('、')} × ${all.length}`
  const several = all.length > 1 && first !== undefined && 'conversation' in first
  const count = several ? `${l('conversations')} × ${all.length} · ` : ''
  const rest = subjects.length > NAMED ? '…' : ''
  const [target = '', ...others] = new Set(all.map((one) => targetOf(one, view)))
  // Spread over several, each goes somewhere else.
  const where = target === '' || others.length > 0 ? '' : ` → ${target}`
  return `${count}${subjects.slice(0, NAMED).join('、')}${rest}${where}`
}

function subjectOf(command: SingleCommand, { agents, alerts }: Pick<View, 'agents' | 'alerts'>): string {
  if ('conversation' in command) return command.conversation
  if ('agent' in command) return agents[command.agent]?.name ?? command.agent
  const rule = 'alert' in command && alerts[command.alert]?.rule
  return rule ? named('rule', rule) : ''
}

function targetOf(command: SingleCommand, { agents }: Pick<View, 'agents'>): string {
  switch (command.command) {
    case 'assign':
      return agents[command.agent]?.name ?? command.agent
    case 'return':
      return l('ownQueue')
    case 'move_conversation':
      return named('queue', command.queue)
    case 'move_agent':
      return command.queues.map((queue) => named('queue', queue)).join('、')
    case 'set_status':
      return command.reason ? named('reason', command.reason) : named('status', command.status)
    case 'hand_over':
      return command.to
    default:
      return ''
  }
}
