/** How much the holder of each key has asked for lately, by minute. In memory: it tells of now, not of last week. */

/** Figures are over so many whole minutes before this one. */
const MINUTES = 5
const MINUTE_MS = 60_000

interface Minute {
  minute: number
  requests: number
  events: number
}

export interface Rates {
  requestsPerMinute: number
  eventsPerMinute: number
}

export class Usage {
  #minutes = new Map<string, Minute[]>()

  count(id: string, at: number, events = 0): void {
    const minute = Math.floor(at / MINUTE_MS)
    const minutes = this.#minutes.get(id) ?? []
    this.#minutes.set(id, minutes)
    let last = minutes.at(-1)
    if (last === undefined || last.minute < minute) {
      last = { minute, requests: 0, events: 0 }
      minutes.push(last)
      if (minutes.length > MINUTES + 1) minutes.shift()
    }
    if (events === 0) last.requests++
    last.events += events
  }

  ratesOf(id: string, now: number): Rates {
    const minute = Math.floor(now / MINUTE_MS)
    let requests = 0
    let events = 0
    for (const counted of this.#minutes.get(id) ?? []) {
      if (counted.minute < minute - MINUTES || counted.minute >= minute) continue
      requests += counted.requests
      events += counted.events
    }
    return { requestsPerMinute: Math.round(requests / MINUTES), eventsPerMinute: Math.round(events / MINUTES) }
  }
}
