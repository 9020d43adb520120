/** How a shop is set up: its name, its zone, and what it changed of the handbook. All of it plain JSON. */
import { z } from 'zod'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a local time such as 09:30')
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date such as 2026-10-01')
const windows = z.array(z.tuple([time, time])).max(10)
const ms = z.number().int().min(0)
const aboveZero = z.number().int().min(1)
export const TIERS = ['basic', 'junior', 'senior', 'gold'] as const
export type Tier = (typeof TIERS)[number]
const tier = z.enum(TIERS)
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])

/** Opening hours by weekday (a day left out is closed) and of single dates. */
const hours = z.object({
  week: z.partialRecord(weekday, windows),
  days: z.record(date, windows).optional(),
})

export const handbookChanges = z
  .object({
    calendars: z
      .object({
        service: hours,
        backoffice: hours,
        /** Public holidays: no working days. */
        holidays: z.array(date),
        /** Make-up working days (调休). */
        makeup: z.array(date),
      })
      .partial(),
    pickup: z
      .object({
        /** Ascending: what becomes effective before `before` (local) goes with the wave at `at`. */
        waves: z.array(z.object({ at: time, before: time })).min(1),
        weekdays: z.array(weekday),
        closed: z.array(date),
        graceMs: ms,
        cutoffMs: ms,
      })
      .partial(),
    /** What an agent of a tier carries who was registered without a capacity; a tier left out: unlimited. */
    capacities: z.partialRecord(tier, z.number().int().min(0).max(1_000)),
    rules: z.record(
      z.string(),
      z.object({ on: z.boolean(), targetMs: aboveZero, warns: z.boolean(), warnAfterMs: ms, remindMs: ms }).partial(),
    ),
    conditions: z.record(
      z.string(),
      z
        .object({
          on: z.boolean(),
          /** What raises and what clears: a count, or a rate between 0 and 1. */
          raise: z.number(),
          clear: z.number(),
          raiseMs: ms,
          clearMs: ms,
          mealMs: ms,
          atLeast: aboveZero,
          /** After how long a breach that nobody takes is escalated and told of again; 0 is never. */
          remindMs: ms,
        })
        .partial(),
    ),
  })
  .partial()

export type HandbookChanges = z.output<typeof handbookChanges>
export type OpeningHours = z.output<typeof hours>

/** `timezone` is an IANA zone. */
export interface ShopConfig {
  shop: string
  name: string
  timezone: string
  handbook?: HandbookChanges | undefined
}
