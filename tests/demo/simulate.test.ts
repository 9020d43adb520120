import { describe, expect, test } from 'vitest'
import { sourceEventData } from '#core/events.ts'
import { drawView } from '#core/floor.ts'
import { dayOfDate, HOUR, Zone } from '#core/zone.ts'
import { simulate } from '#server/demo/simulate.ts'
import { foldDeliveries, simulateDays, sourceTypes, zone } from './days.ts'

const FROM = '2026-11-19'
const days = simulateDays(2, FROM, 2)
const eventsOf = (type: string) => days.filter(({ event }) => event.type === type)

describe('[demo] the simulated shop', () => {
  test('lives the same days for the same seed, others for another', () => {
    expect(simulateDays(2, FROM, 1)).toEqual(days.filter(({ at }) => at < zone.startOf(dayOfDate(FROM) + 1)))
    expect(simulateDays(3, FROM, 1)).not.toEqual(simulateDays(2, FROM, 1))
  })

  test('says only what the contract knows, each event whole', () => {
    for (const { event } of days) {
      const checked = sourceEventData[event.type].safeParse(event.data)
      expect(checked.error, JSON.stringify(event)).toBeUndefined()
      expect(event.specversion).toBe('1.0')
      expect(event.time).toBe(new Date(event.time).toISOString())
      expect(event.subject).not.toBe('')
    }
  })

  test('says everything the contract knows within two days', () => {
    expect(new Set(days.map(({ event }) => event.type))).toEqual(new Set(sourceTypes))
  })

  test('hands events over in order of time, none before it happened, none twice', () => {
    for (let i = 1; i < days.length; i++) expect(days[i]!.at).toBeGreaterThanOrEqual(days[i - 1]!.at)
    for (const { at, event } of days) expect(Date.parse(event.time)).toBeLessThanOrEqual(at)
    expect(new Set(days.map(({ event }) => `${event.source} ${event.id}`)).size).toBe(days.length)
  })

  test('tells of every subject from its beginning', () => {
    const known = new Set<string>()
    const begins =
      /^(agent\.registered|conversation\.opened|order\.placed|return\.requested|complaint\.opened|inquiry\.left)$/
    const said = (id: string) => Number(id.split('-')[1])
    for (const { event } of days.toSorted((a, b) => said(a.event.id) - said(b.event.id))) {
      if (begins.test(event.type)) known.add(event.subject)
      else if (/^(agent|conversation|message|order|return|complaint|inquiry)\./.test(event.type))
        expect(known.has(event.subject), event.subject).toBe(true)
    }
  })

  test('is as busy as a shop of its size', () => {
    expect(eventsOf('conversation.opened').length / 2).toBeGreaterThan(1_500)
    expect(eventsOf('conversation.opened').length / 2).toBeLessThan(2_500)
    expect(eventsOf('order.placed').length).toBeGreaterThan(1_000)
    expect(eventsOf('agent.registered').length).toBe(18)
  })

  test('is busy from the first hour of service on, however quiet the night was', () => {
    const opening = zone.at(dayOfDate(FROM), 8 * 60)
    for (let seed = 1; seed <= 100; seed++) {
      let opened = 0
      for (const { at, event } of simulate({ seed, timezone: zone.id, from: FROM })) {
        if (at >= opening + HOUR) break
        if (at >= opening && event.type === 'conversation.opened') opened++
      }
      expect(opened, `seed ${seed}`).toBeGreaterThan(30)
    }
  })

  test('mostly answers in time', () => {
    const { response } = drawView(foldDeliveries(days))
    expect(response.first.today.rate).toBeGreaterThan(0.8)
    expect(response.reply.today.rate).toBeGreaterThan(0.85)
    expect(response.first.today.rate).toBeLessThan(1)
  })

  test('sends the courier at the three waves of a day, on Sunday none', () => {
    const sunday = simulateDays(2, '2026-11-22', 1)
    expect(eventsOf('pickup.arrived').map(({ event }) => event.subject)).toEqual(
      ['2026-11-19', '2026-11-20'].flatMap((day) => ['10:00', '13:00', '17:00'].map((time) => `${day}T${time}`)),
    )
    expect(sunday.filter(({ at, event }) => event.type === 'order.collected' && Date.parse(event.time) === at)).toEqual(
      [],
    )
    expect(sunday.filter(({ event }) => event.type === 'pickup.arrived')).toEqual([])
  })

  test('opens by its local clock, also on the day the clocks are put back', () => {
    const timezone = 'America/New_York'
    const local = new Zone(timezone)
    const from = '2026-10-31'
    for (const { at, event } of simulate({ seed: 2, timezone, from })) {
      if (at >= local.startOf(dayOfDate(from) + 3)) break
      if (event.type !== 'agent.status_changed') continue
      const day = local.dayOf(at)
      expect(at).toBeGreaterThan(local.at(day, 7 * 60 + 50))
      expect(at).toBeLessThan(local.at(day, 20 * 60 + 20))
    }
  })
})
