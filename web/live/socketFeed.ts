import { io } from 'socket.io-client'
import type { Beat, Frame, Patch } from '#core/wire.ts'
import type { Feed, Screen } from './feed.ts'
import { Track } from './track.ts'

/** Asked and not answered for so long: ask again. */
const ASK_AGAIN_MS = 2_000
/** A connection on which nothing comes for so long is dead, whatever it says of itself (a laptop that slept, a cut cable). */
const DEAD_AFTER_MS = 10_000
/** Refused or sent away by the server: come back after so long. */
const REFUSED_FOR_MS = 3_000

/** The live view of a shop over Socket.IO. It tries for ever: a restarted server or a slept laptop needs no hand. */
export function socketFeed(shop: string, token: string): Feed {
  return { play: (screen) => play(shop, token, screen) }
}

function play(shop: string, token: string, screen: Screen): () => void {
  const track = new Track()
  const socket = io({
    transports: ['websocket'],
    auth: { token },
    reconnectionDelay: 300,
    reconnectionDelayMax: 2_000,
    timeout: 5_000,
    forceNew: true,
  })
  let heardAt = performance.now()
  let askedAt = Number.NEGATIVE_INFINITY

  function heard(): void {
    heardAt = performance.now()
  }

  /** Asks for what is missing; while an answer is under way, further gaps ask nothing. */
  function ask(): void {
    const now = performance.now()
    if (!socket.connected || now - askedAt < ASK_AGAIN_MS) return
    askedAt = now
    socket.emit('watch', { shop, ...track.position }, (answer?: { error?: unknown }) => {
      heard()
      if (answer?.error === undefined) return
      screen.refused(String(answer.error))
      setTimeout(ask, REFUSED_FOR_MS)
    })
  }

  function show(outcome: 'shown' | 'old' | 'missed'): void {
    heard()
    if (outcome === 'missed') ask()
    if (outcome !== 'shown' || track.view === undefined) return
    askedAt = Number.NEGATIVE_INFINITY
    screen.show(track.view)
  }

  socket.on('connect', () => {
    heard()
    askedAt = Number.NEGATIVE_INFINITY
    ask()
  })
  socket.on('frame', (frame: Frame) => show(track.frame(frame)))
  socket.on('patch', (patch: Patch) => show(track.patch(patch)))
  socket.on('beat', (beat: Beat) => {
    heard()
    const outcome = track.beat(beat)
    if (outcome === 'holds') screen.holds(beat.at)
    if (outcome === 'missed') ask()
  })
  socket.on('connect_error', (error) => {
    if (!socket.active) screen.refused(error.message)
  })

  /** Socket.IO reconnects by itself, save where the server said no or good-bye, or the line died without a word. */
  const watchdog = setInterval(() => {
    const patienceMs = socket.connected ? DEAD_AFTER_MS : socket.active ? Number.POSITIVE_INFINITY : REFUSED_FOR_MS
    if (performance.now() - heardAt < patienceMs) return
    heard()
    socket.disconnect().connect()
  }, 1_000)

  return () => {
    clearInterval(watchdog)
    socket.disconnect()
  }
}
