import type { View } from '#core/view.ts'
import { timeOfDay } from '../format/localTime.ts'
import { named, t } from '../i18n/i18n.svelte.ts'
import { type LeadKey, zh } from './texts.zh.ts'
import { l } from './words.svelte.ts'

/** What a figure is called, from its path in the view: `queues/presales/waiting` is "Pre-sales · waiting"; and as of when. */
export function figureTitle(path: string, view: View, at?: string): string {
  return said(nameOf(path, view), at === undefined ? '' : timeOfDay(Date.parse(at), view.timezone))
}

function nameOf(path: string, view: View): string {
  const [kind = '', id = '', what = '', score = ''] = path.split('/').map(decodeURIComponent)
  switch (kind) {
    case 'queues':
      return said(named('queue', id), word(what), word(score))
    case 'agents':
      return said(view.agents[id]?.name ?? id, word(what), word(score))
    case 'response':
      return said(t(id === 'first' ? 'response.first' : 'response.reply'), word(what), word(score))
    case 'clocks':
      return said(id === 'all' ? l('clocks') : named('rule', id), word(what))
    case 'rules':
      return said(l('clocks'), l(`rules.${id}` as LeadKey))
    case 'alerts':
      return said(l('alerts'), id === 'all' ? '' : named('rule', id), what === 'open' ? l('untaken') : word(what))
    case 'pickups': {
      const at = view.pickups[id]?.at
      return said(l('pickups'), at === undefined ? id : timeOfDay(Date.parse(at), view.timezone), word(what))
    }
    default:
      return said(word(kind), word(id))
  }
}

const said = (...words: string[]) => words.filter(Boolean).join(' · ')
const word = (name: string) =>
  name === ''
    ? ''
    : name === 'status'
      ? l('agents')
      : `figure.${name}` in zh
        ? l(`figure.${name}` as LeadKey)
        : name in zh
          ? l(name as LeadKey)
          : name
