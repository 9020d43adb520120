/**
 * A conversation's turns as one short text and back: a letter for the kind, the ms since the turn before in base 36,
 * of whom it speaks as places in a list of names, and after points what was measured: characters and ms, or a score.
 */
import { newTurn, type Turn } from './turns.ts'

const LETTERS: Record<Turn['kind'], string> = {
  opened: 'O',
  assigned: 'A',
  returned: 'R',
  moved: 'M',
  received: 'C',
  sent: 'S',
  auto: 'B',
  closed: 'X',
  abandoned: 'Y',
  ordered: 'W',
  rated: 'Z',
}
const KINDS = Object.fromEntries(Object.entries(LETTERS).map(([kind, letter]) => [letter, kind]))
const TURN = /([A-Z])(-?[0-9a-z]+)(?::([0-9a-z]*))?(?::([0-9a-z]*))?(?:\.([0-9a-z]+))?(?:\.([0-9a-z]+))?/g

export type PackedTurns = [turns: string, ...names: string[]]

export function packTurns(turns: readonly Turn[]): PackedTurns {
  const names: string[] = []
  const placeOf = (name: string) => {
    const known = names.indexOf(name)
    return (known < 0 ? names.push(name) - 1 : known).toString(36)
  }
  let text = ''
  let before = 0
  for (const { time, kind, who, more, chars, typingMs, score } of turns) {
    text += LETTERS[kind] + (time - before).toString(36)
    if (who !== undefined || more !== undefined) text += `:${who === undefined ? '' : placeOf(who)}`
    if (more !== undefined) text += `:${placeOf(more)}`
    if (chars !== undefined && typingMs !== undefined) text += `.${chars.toString(36)}.${typingMs.toString(36)}`
    if (score !== undefined) text += `.${score}`
    before = time
  }
  return [text, ...names]
}

export function unpackTurns([text, ...names]: PackedTurns): Turn[] {
  const turns: Turn[] = []
  const nameOf = (place: string | undefined) => (place ? names[Number.parseInt(place, 36)] : undefined)
  let time = 0
  for (const [, letter, after, who, more, measured, typingMs] of text.matchAll(TURN)) {
    time += Number.parseInt(after as string, 36)
    turns.push(
      newTurn(time, KINDS[letter as string] as Turn['kind'], nameOf(who), nameOf(more), told(measured, typingMs)),
    )
  }
  return turns
}

function told(measured: string | undefined, typingMs: string | undefined): Partial<Turn> {
  if (measured === undefined) return {}
  const first = Number.parseInt(measured, 36)
  return typingMs ? { chars: first, typingMs: Number.parseInt(typingMs, 36) } : { score: first }
}
