import { io, type Socket } from 'socket.io-client'
import type { Beat, Frame, Patch } from '#core/wire.ts'
import { release } from '../modes/release.ts'
import { type Out, type PairedScreen, session } from '../session.svelte.ts'
import type { Feed, Screen } from './feed.ts'
import { Since } from './since.ts'
import { Track } from './track.ts'

/** Asked and not answered for so long: ask again. */
const ASK_AGAIN_MS = 2_000
/** A connection on which nothing comes for so long is dead, whatever it says of itself (a laptop that slept, a cut cable). */
const DEAD_AFTER_MS = 10_000
/** Refused or sent away by the server: come back after so long. */
const REFUSED_FOR_MS = 3_000
const LOOK_EVERY_MS = 1_000

/** `viewAt`: the last instant that what is shown was vouched for, RFC 3339. */
export interface Report {
  showing: string
  viewAt: string
  release: string
}

interface Watched {
  shop: string
  screen: Screen
  track: Track
  askedAt: number
}

/**
 * One connection to the live edge over Socket.IO, for any number of shops. It tries for ever: a restarted server or a
 * slept laptop needs no hand.
 */
export class Line {
  #socket: Socket
  #watched = new Set<Watched>()
  #heardLast = new Since()
  #connectedBefore = false
  #watchdog: ReturnType<typeof setInterval> | undefined

  constructor() {
    this.#socket = io({
      transports: ['websocket'],
      autoConnect: false,
      reconnectionDelay: 300,
      reconnectionDelayMax: 2_000,
      timeout: 5_000,
      forceNew: true,
    })
    this.#socket.on('connect', () => this.#connected())
    this.#socket.on('frame', (frame: Frame) => this.#frame(frame))
    this.#socket.on('patch', (patch: Patch) => this.#patch(patch))
    this.#socket.on('beat', (beat: Beat) => this.#beat(beat))
    this.#socket.on('connect_error', (error) => {
      if (this.#socket.active) return
      for (const { screen } of this.#watched) screen.refused(error.message)
      // Turned away at the door: it may no longer know who this is.
      void session.load()
    })
    this.#socket.on('out', ({ why }: { why: Out }) => session.shownOut(why))
    this.#socket.on('screen', (screen: PairedScreen) => session.arranged(screen))
  }

  /** The live view of a shop. The line is open while at least one of its feeds is played. */
  feed(shop: string): Feed {
    return { play: (screen) => this.#play(shop, screen) }
  }

  /** What a paired screen shows, and how fresh it is. */
  report(report: Report): void {
    if (this.#socket.connected) this.#socket.emit('report', report)
  }

  #play(shop: string, screen: Screen): () => void {
    const watched = { shop, screen, track: new Track(), askedAt: Number.NEGATIVE_INFINITY }
    if (this.#watched.size === 0) this.#open()
    this.#watched.add(watched)
    this.#ask(watched)
    return () => {
      this.#watched.delete(watched)
      this.#socket.emit('unwatch', { shop })
      if (this.#watched.size === 0) this.#close()
    }
  }

  #open(): void {
    this.#heard()
    this.#socket.connect()
    this.#watchdog = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  #close(): void {
    clearInterval(this.#watchdog)
    this.#socket.disconnect()
  }

  #heard(): void {
    this.#heardLast = new Since()
  }

  #connected(): void {
    this.#heard()
    // A server that went and came back may be another.
    if (this.#connectedBefore) void release.look()
    this.#connectedBefore = true
    for (const watched of this.#watched) {
      watched.askedAt = Number.NEGATIVE_INFINITY
      this.#ask(watched)
    }
  }

  /** Asks for what is missing; while an answer is under way, further gaps ask nothing. */
  #ask(watched: Watched): void {
    const now = performance.now()
    if (!this.#socket.connected || now - watched.askedAt < ASK_AGAIN_MS) return
    watched.askedAt = now
    const { shop, screen, track } = watched
    this.#socket.emit('watch', { shop, ...track.position }, (answer?: { error?: unknown; code?: unknown }) => {
      this.#heard()
      if (answer?.error === undefined || !this.#watched.has(watched)) return
      screen.refused(String(answer.code ?? answer.error))
      setTimeout(() => this.#watched.has(watched) && this.#ask(watched), REFUSED_FOR_MS)
    })
  }

  #frame(frame: Frame): void {
    this.#heard()
    for (const watched of this.#watched)
      if (watched.shop === frame.view.shop) this.#show(watched, watched.track.frame(frame))
  }

  #patch(patch: Patch): void {
    this.#heard()
    for (const watched of this.#of(patch)) this.#show(watched, watched.track.patch(patch))
  }

  #beat(beat: Beat): void {
    this.#heard()
    for (const watched of this.#of(beat)) {
      const outcome = watched.track.beat(beat)
      if (outcome === 'holds') watched.screen.holds(beat.at)
      if (outcome === 'missed') this.#ask(watched)
    }
  }

  /** Whose stream it is; one that nobody knows may have become anybody's. */
  #of({ stream }: { stream: string }): Iterable<Watched> {
    for (const watched of this.#watched) if (watched.track.position.stream === stream) return [watched]
    return this.#watched
  }

  #show(watched: Watched, outcome: 'shown' | 'old' | 'missed'): void {
    if (outcome === 'missed') this.#ask(watched)
    if (outcome !== 'shown' || watched.track.view === undefined) return
    watched.askedAt = Number.NEGATIVE_INFINITY
    watched.screen.show(watched.track.view)
  }

  /** Socket.IO reconnects by itself, save where the server said no or good-bye, or the line died without a word. */
  #look(): void {
    const { connected, active } = this.#socket
    const patienceMs = connected ? DEAD_AFTER_MS : active ? Number.POSITIVE_INFINITY : REFUSED_FOR_MS
    if (this.#heardLast.ms < patienceMs) return
    this.#heard()
    this.#socket.disconnect().connect()
  }
}
