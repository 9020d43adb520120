import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diff } from '#core/mergePatch.ts'
import type { View } from '#core/view.ts'
import type { Patch } from '#core/wire.ts'
import { Track } from '../../web/live/track.ts'
import { aView } from './view.ts'

const viewAt = (seq: number): View =>
  aView({ seq, stock: { [`sku${seq % 3}`]: { onHand: seq, hot: seq % 2 === 0, state: 'low', since: 'x' } } })

/** The views 1…n and the patches between them, as a server would send them. */
function stream(n: number) {
  const views = Array.from({ length: n }, (_, i) => viewAt(i + 1))
  const patches: Patch[] = views.slice(1).map((view, i) => ({
    stream: 's',
    rev: i + 2,
    seq: view.seq,
    at: view.at,
    patch: diff(views[i]!, view) ?? {},
  }))
  return { views, patches }
}

describe('[L5] a screen shows only what the server meant', () => {
  test('a frame and its patches in order are the views', () => {
    const { views, patches } = stream(5)
    const track = new Track()
    track.frame({ stream: 's', rev: 1, view: views[0]! })
    for (const patch of patches) {
      expect(track.patch(patch)).toBe('shown')
      expect(track.view).toEqual(views[patch.rev - 1])
    }
  })

  test('lost, doubled and reordered patches never show, and asking again heals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 40 }), (order) => {
        const { views, patches } = stream(10)
        const track = new Track()
        track.frame({ stream: 's', rev: 1, view: views[0]! })
        for (const i of order) {
          const before = track.position.rev!
          const outcome = track.patch(patches[i]!)
          expect(outcome).toBe(i + 2 === before + 1 ? 'shown' : i + 2 <= before ? 'old' : 'missed')
          expect(track.view).toEqual(views[track.position.rev! - 1])
        }
        for (const patch of patches.slice(track.position.rev! - 1)) expect(track.patch(patch)).toBe('shown')
        expect(track.view).toEqual(views[9])
      }),
    )
  })

  test('another stream is asked about until its frame comes', () => {
    const { views, patches } = stream(3)
    const track = new Track()
    expect(track.patch(patches[0]!)).toBe('missed')
    expect(track.position).toEqual({})
    track.frame({ stream: 's', rev: 1, view: views[0]! })
    expect(track.patch({ ...patches[0]!, stream: 'restarted' })).toBe('missed')
    expect(track.beat({ stream: 'restarted', rev: 1, at: 'x' })).toBe('missed')
    expect(track.frame({ stream: 'restarted', rev: 7, view: views[2]! })).toBe('shown')
    expect(track.position).toEqual({ stream: 'restarted', rev: 7 })
  })

  test('a beat tells that a patch was lost', () => {
    const track = new Track()
    track.frame({ stream: 's', rev: 4, view: viewAt(4) })
    expect(track.beat({ stream: 's', rev: 4, at: 'x' })).toBe('holds')
    expect(track.beat({ stream: 's', rev: 3, at: 'x' })).toBe('old')
    expect(track.beat({ stream: 's', rev: 5, at: 'x' })).toBe('missed')
  })

  test('an older frame does not take the screen back', () => {
    const track = new Track()
    track.frame({ stream: 's', rev: 4, view: viewAt(4) })
    expect(track.frame({ stream: 's', rev: 3, view: viewAt(3) })).toBe('old')
    expect(track.view?.seq).toBe(4)
  })
})
