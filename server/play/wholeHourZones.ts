/** One place for every whole-hour offset, none with daylight saving, so that a shifted day has no jump in it. */
export const WHOLE_HOUR_ZONES = [
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Asia/Bangkok',
  'Asia/Dhaka',
  'Asia/Karachi',
  'Asia/Dubai',
  'Africa/Nairobi',
  'Africa/Johannesburg',
  'Africa/Lagos',
  'Africa/Abidjan',
  'Australia/Brisbane',
  'Pacific/Guadalcanal',
  'Pacific/Majuro',
  'Pacific/Tongatapu',
  'Pacific/Kiritimati',
  'Atlantic/Cape_Verde',
  'America/Noronha',
  'America/Sao_Paulo',
  'America/Puerto_Rico',
  'America/Bogota',
  'America/Guatemala',
  'America/Phoenix',
  'Pacific/Pitcairn',
  'Pacific/Gambier',
  'Pacific/Honolulu',
  'Pacific/Pago_Pago',
] as const

/** What the clock on the wall shows in a zone at an instant (epoch ms). */
export function localTime(instant: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone)
}

/** A zone that is so far ahead of UTC (`+08:00`) at an instant; undefined for an offset that is not of whole hours. */
export function zoneAhead(offset: string, instant: number): string | undefined {
  return WHOLE_HOUR_ZONES.find((timezone) => localTime(instant, timezone).offset === offset)
}

/** A zone whose clock shows an hour (0–23) at an instant (epoch ms). */
export function zoneShowing(hour: number, instant: number): string {
  return WHOLE_HOUR_ZONES.find((timezone) => localTime(instant, timezone).hour === hour)!
}
