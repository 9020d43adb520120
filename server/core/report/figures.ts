/** The figures of chapter 5 of the handbook: where each is asked for, of which desk, in what unit and ideal range. */
import { DAY } from '../zone.ts'

export type ReportDesk = 'chat' | 'operations' | 'packing' | 'dispatch' | 'crm' | 'stock' | 'complaints' | 'platform'

/** count: how many. share: of 1. ms: a duration. perMinute: characters typed. score: 1 to 5. */
export type Unit = 'count' | 'share' | 'ms' | 'perMinute' | 'score'

/** The range in which all is well; `ours` where the handbook gives none. */
export interface Ideal {
  atLeast?: number
  atMost?: number
  ours?: true
}

interface FigureText {
  section: string
  desk: ReportDesk
  unit: Unit
  ideal?: Ideal
}

const chat = { desk: 'chat' } as const
const operations = { section: '5.2', desk: 'operations' } as const
const packing = { section: '5.3', desk: 'packing' } as const
const dispatch = { section: '5.4', desk: 'dispatch' } as const
const crm = { section: '5.5', desk: 'crm', unit: 'ms' } as const
const stock = { section: '5.6', desk: 'stock', unit: 'share' } as const
const complaints = { section: '5.7', desk: 'complaints' } as const
const platform = { section: '5.8', desk: 'platform' } as const
const ours = (ideal: Ideal): { ideal: Ideal } => ({ ideal: { ...ideal, ours: true } })

/** Ranges of the chat desk's times and rates follow the shop's own handbook: see chat.ts. */
// biome-ignore format: one table, read like the handbook
export const FIGURES = {
  conversations: { ...chat, section: '5.1', unit: 'count' },
  first_response_rate: { ...chat, section: '2.1-1', unit: 'share' },
  first_response_p50: { ...chat, section: '2.1-1', unit: 'ms' },
  first_response_p90: { ...chat, section: '2.1-1', unit: 'ms' },
  reply_wait_rate: { ...chat, section: '2.1-1', unit: 'share' },
  reply_wait_p50: { ...chat, section: '2.1-1', unit: 'ms' },
  reply_wait_p90: { ...chat, section: '2.1-1', unit: 'ms' },
  typing_speed: { ...chat, section: '2.1-1', unit: 'perMinute', ideal: { atLeast: 50 } },
  typing_speed_presales: { ...chat, section: '2.2-3', unit: 'perMinute', ideal: { atLeast: 80 } },
  auto_replies: { ...chat, section: '2.3-3', unit: 'count' },
  abandoned: { ...chat, section: '5.1', unit: 'count' },
  conversion: { ...chat, section: '5.1', unit: 'share' },
  rating: { ...chat, section: '5.1', unit: 'score', ...ours({ atLeast: 4 }) },

  orders_placed: { ...operations, unit: 'count' },
  valid_orders: { ...operations, unit: 'count' },
  handling_accuracy: { ...operations, unit: 'share', ...ours({ atLeast: 0.98 }) },
  handling_timeliness: { ...operations, unit: 'share', ...ours({ atLeast: 0.95 }) },
  order_conversion: { ...operations, unit: 'share' },
  payment_conversion: { ...operations, unit: 'share' },

  defect_rate: { ...packing, unit: 'share', ...ours({ atMost: 0.01 }) },
  packaging_pass_rate: { ...packing, unit: 'share', ...ours({ atLeast: 0.95 }) },

  delivery_same_city: { ...dispatch, unit: 'ms', ideal: { atMost: DAY } },
  delivery_other_city: { ...dispatch, unit: 'ms', ideal: { atMost: 7 * DAY } },
  withdrawn_orders: { ...dispatch, unit: 'count' },
  withdrawn_rate: { ...dispatch, unit: 'share' },
  waybill_mismatch_rate: { ...dispatch, unit: 'share', ...ours({ atMost: 0.005 }) },
  tracking_timeliness: { ...dispatch, unit: 'share', ...ours({ atLeast: 0.95 }) },
  waybill_stubs: { ...dispatch, unit: 'share', ...ours({ atLeast: 0.95 }) },
  pickup_adherence: { ...dispatch, section: '3.4', unit: 'share', ...ours({ atLeast: 0.95 }) },

  refund_duration_p50: crm,
  refund_duration_p90: crm,

  out_of_stock_rate: { ...stock, ...ours({ atMost: 0.02 }) },
  slow_moving_rate: { ...stock, ...ours({ atMost: 0.1 }) },
  stock_structure: { ...stock, ...ours({ atMost: 0.1 }) },
  reports_in_time: { ...stock, ...ours({ atLeast: 0.95 }) },

  complaints: { ...complaints, unit: 'count' },
  complaint_rate: { ...complaints, unit: 'share', ...ours({ atMost: 0.02 }) },
  complaining_customers: { ...complaints, unit: 'count' },
  repeat_complainers: { ...complaints, unit: 'count', ...ours({ atMost: 0 }) },
  complaints_online: { ...complaints, unit: 'count' },
  complaints_reservation: { ...complaints, unit: 'count' },
  complaint_rate_online: { ...complaints, unit: 'share' },
  complaint_rate_reservation: { ...complaints, unit: 'share' },

  payment_drops: { ...platform, unit: 'count' },
  drop_rate: { ...platform, unit: 'share', ...ours({ atMost: 0.005 }) },
  page_response: { ...platform, unit: 'ms', ...ours({ atMost: 1_000 }) },
  login_success: { ...platform, unit: 'share', ...ours({ atLeast: 0.95 }) },
} as const satisfies Record<string, FigureText>

export type FigureId = keyof typeof FIGURES
export const FIGURE_IDS = Object.keys(FIGURES) as FigureId[]
export const figureText = (id: FigureId): FigureText => FIGURES[id]
