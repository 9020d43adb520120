/** What is said of a step before it is taken. Each screen has words for each code in both languages. */
export type Remark =
  /** So many customers who wait for a human come to somebody who is online and has room. */
  | { code: 'gives_free_agent'; count: number }
  /** So many clocks that nobody could have met in time are with somebody who can. */
  | { code: 'can_be_met'; count: number }
  /** The queue had nobody online and now has. */
  | { code: 'ends_no_agent'; queue: string }
  | { code: 'over_capacity'; agent: string; active: number; capacity: number }
  | { code: 'not_online'; agent: string; status: string }
  | { code: 'not_in_queue'; agent: string; queue: string }
  | { code: 'leaves_queue_empty'; queue: string; waiting: number }
  /** So many open conversations stay with somebody who is not online any more. */
  | { code: 'leaves_behind'; agent: string; count: number }
  /** So many lose the one who had them. */
  | { code: 'loses_agent'; count: number }
  /** So many are overdue already: no move makes up for that. */
  | { code: 'already_overdue'; count: number }
  /** Why somebody is proposed. */
  | { code: 'in_queue'; queue: string }
  | { code: 'room'; active: number; capacity: number }
  | { code: 'carries'; active: number }
  | { code: 'tier'; tier: string }
  | { code: 'today_rate'; met: number; count: number }
