import { Random } from '#core/random.ts'
import type { HistoryAnswer } from '../../../web/live/history.ts'
import { MINUTE, NOON } from './instant.ts'
import type { Mood } from './mood.ts'

const clamp = (rate: number) => Math.min(1, Math.max(0, rate))

/** Four hours by minutes: a busy first hour, a dip at ten when the floor is in trouble, and how it stands now at the end. */
export function history(mood: Mood): HistoryAnswer {
  const random = new Random(mood.seed)
  const points = Array.from({ length: 240 }, (_, i) => {
    const minute = i - 239
    const wave = Math.max(0, Math.sin(i / 31)) ** 3
    const pull = Math.max(0, (minute + 40) / 40)
    const rate = (now: number, base: number) =>
      clamp(base - wave * 0.5 * (1 - now) + pull * (now - base) + random.between(-0.008, 0.008))
    return {
      at: new Date(NOON + minute * MINUTE).toISOString(),
      waiting: Math.round(wave * mood.waiting * 0.5 + pull * mood.waiting * random.between(0.7, 1.1)),
      online: mood.agents,
      firstRate: rate(mood.firstRate, 0.97),
      replyRate: rate(mood.replyRate, 0.985),
    }
  })
  return { points }
}
