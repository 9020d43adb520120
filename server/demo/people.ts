/** A chat agent of the roster. `charsPerMinute` is how fast the agent types. */
export interface Member {
  id: string
  name: string
  queues: readonly string[]
  tier: 'basic' | 'junior' | 'senior' | 'gold'
  capacity: number
  charsPerMinute: number
  shift: Shift
  /** Local time the meal begins. */
  meal: string
}

export interface Shift {
  from: string
  to: string
}

const EARLY: Shift = { from: '08:00', to: '17:00' }
const LATE: Shift = { from: '11:00', to: '20:00' }
const CAPACITY = { basic: 4, junior: 5, senior: 6, gold: 8 } as const
const [PRE, AFTER] = ['presales', 'aftersales'] as const

const member = (
  id: string,
  name: string,
  queues: readonly string[],
  tier: Member['tier'],
  charsPerMinute: number,
  shift: Shift,
  meal: string,
): Member => ({ id, name, queues, tier, capacity: CAPACITY[tier], charsPerMinute, shift, meal })

/** Everybody on the chat floor; the names are invented. */
export const ROSTER: readonly Member[] = [
  member('a01', '张伟宁', [PRE], 'gold', 128, EARLY, '11:20'),
  member('a02', '李思彤', [PRE], 'senior', 112, EARLY, '11:50'),
  member('a03', '王嘉树', [PRE], 'senior', 104, EARLY, '12:20'),
  member('a04', '刘晓岚', [PRE], 'junior', 96, EARLY, '11:30'),
  member('a05', '陈一舟', [PRE], 'junior', 92, EARLY, '12:40'),
  member('a06', '杨若溪', [PRE], 'basic', 78, EARLY, '12:10'),
  member('a07', '赵明远', [PRE], 'gold', 122, LATE, '16:40'),
  member('a08', '黄子涵', [PRE], 'senior', 108, LATE, '17:10'),
  member('a09', '周雨桐', [PRE], 'junior', 98, LATE, '17:40'),
  member('a10', '吴启航', [PRE], 'junior', 90, LATE, '16:50'),
  member('a11', '徐静怡', [PRE], 'basic', 82, LATE, '18:10'),
  member('a12', '孙浩然', [PRE], 'basic', 47, LATE, '17:30'),
  member('a13', '马可欣', [AFTER], 'gold', 118, EARLY, '11:40'),
  member('a14', '朱文博', [AFTER], 'senior', 100, EARLY, '12:30'),
  member('a15', '胡佳宜', [AFTER], 'junior', 88, EARLY, '13:10'),
  member('a16', '郭天佑', [AFTER], 'senior', 106, LATE, '16:30'),
  member('a17', '何欣悦', [AFTER], 'junior', 94, LATE, '17:20'),
  member('a18', '高梓轩', [AFTER], 'basic', 74, LATE, '18:00'),
]

/** Who leads the floor. */
export const LEAD = '林秋'
