/** The time by the server: the clock of a screen may be wrong by days, and a day of a shop is the server's to tell. */
import { ServerClock } from './live/serverClock.ts'

const clock = new ServerClock()

/** Epoch ms, by what the server last said; by this screen's own clock before it has said anything. */
export const serverNow = (): number => clock.now(Date.now())

/** Takes the time from an answer; one that may be kept may be an old one. */
export function hearTime({ headers }: Response): void {
  const said = Date.parse(headers.get('date') ?? '')
  if (!Number.isNaN(said) && !headers.get('cache-control')?.includes('max-age')) clock.heard(said, Date.now())
}
