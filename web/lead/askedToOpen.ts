import { type Opening, storyAt } from '../wall/opening.ts'

/** What the address that a wall leads to asks to be opened. */
export function askedToOpen(asked: URLSearchParams): Opening | undefined {
  const [figure, at, story] = ['figure', 'at', 'story'].map((name) => asked.get(name))
  if (story) return storyAt(story)
  return figure ? { figure, ...(at && { at }) } : undefined
}
