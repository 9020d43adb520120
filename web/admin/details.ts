/** What the record says further of a deed, in the reader's language where it is in the server's own words. */
import { type Role, SCOPES } from '#core/rights.ts'
import { short } from '../format/duration.ts'
import { reader } from '../i18n/i18n.svelte.ts'
import { p } from '../page/texts.ts'
import { a } from './texts.ts'
import type { Entry } from './types.ts'

const MINUTE_MS = 60_000

export function detailOf({ action, detail = '' }: Pick<Entry, 'action' | 'detail'>): string {
  switch (action) {
    case 'signed_in':
      return detail === 'link' ? a('byLink') : detail
    case 'person_added':
    case 'role_changed':
      return detail
        .replace(/\b(screen|lead|manager|admin)\b(?= of | everywhere| →|,|$)/g, (role) => p(`role.${role as Role}`))
        .replaceAll(' everywhere', ` · ${a('everywhere')}`)
        .replaceAll(' of ', ' · ')
        .replace(/\bnone\b/g, a('none'))
    case 'key_made':
      return detail
        .split(' ')
        .map((name) => {
          const scope = SCOPES.find((one) => one === name)
          return scope === undefined ? name : a(`scope.${scope}`)
        })
        .join(' · ')
    case 'key_rotated': {
      const [, minutes] = /ends in (\d+) min/.exec(detail) ?? []
      return minutes === undefined
        ? detail
        : a('rotated', { time: short(Number(minutes) * MINUTE_MS, reader.language) })
    }
    default:
      return detail
  }
}
