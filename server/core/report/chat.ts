/** The chat desk's figures (5.1, with 2.1 to 2.3): what was asked and how fast and how well it was answered. */
import { FIRST_RESPONSE, REPLY_WAIT } from '../clocks.ts'
import { RULES } from '../handbook.ts'
import { rateOf } from './byRule.ts'
import type { FigureId, Ideal } from './figures.ts'
import type { Gathered } from './gather.ts'
import { caseOf, count, type Measure, mean, ranked, share } from './measure.ts'
import { speedOf, type Typing } from './talk.ts'

/** The queue to which the pre-sales figure applies (2.2-3). */
const PRESALES = 'presales'

export function chatFigures(all: Gathered) {
  const { floor, talk, orders, isIn } = all
  const reported = floor.conversations.size > 0
  const none = 'no_conversations_reported'
  const asked = new Set(talk.openings.map(({ conversation }) => conversation))
  const ledTo = new Set(talk.ordered)
  for (const { conversation, placed } of orders.values())
    if (conversation !== undefined && placed !== undefined && placed >= all.from) ledTo.add(conversation)
  const ordered = [...asked].filter((id) => ledTo.has(id)).length
  const autos = [...talk.autoByTrigger.values()].reduce((a, b) => a + b, 0)
  const poor = talk.ratings
    .filter(({ score, at }) => score <= 3 && isIn(at))
    .toSorted((a, b) => a.score - b.score || a.at - b.at)
    .map(({ conversation, at, ...more }) => caseOf('conversation', conversation, at, more))
  return {
    conversations: count(talk.openings.length, reported, none),
    first_response_rate: responseRate(all, FIRST_RESPONSE),
    first_response_p50: answered(all, FIRST_RESPONSE, 0.5),
    first_response_p90: answered(all, FIRST_RESPONSE, 0.9),
    reply_wait_rate: responseRate(all, REPLY_WAIT),
    reply_wait_p50: answered(all, REPLY_WAIT, 0.5),
    reply_wait_p90: answered(all, REPLY_WAIT, 0.9),
    typing_speed: speed(talk.typing),
    typing_speed_presales: speed(talk.typingByQueue.get(PRESALES)),
    auto_replies: count(autos, reported, none),
    abandoned: count(
      talk.abandoned.length,
      reported,
      none,
      talk.abandoned.map(({ conversation, at, agent, queue }) =>
        caseOf('conversation', conversation, at, { agent, queue }),
      ),
    ),
    conversion: share(ordered, asked.size, reported ? 'no_conversations' : none),
    rating: mean(
      talk.ratings.map(({ score }) => score),
      'no_ratings',
      poor,
    ),
  } satisfies Partial<Record<FigureId, Measure>>
}

/** Not to fall below what the shop rings at. */
function responseRate(all: Gathered, rule: number): Measure {
  const measure = rateOf(all, RULES[rule]?.id ?? '')
  return 'why' in measure ? measure : { ...measure, ideal: { atLeast: all.floor.book.rate.low, ours: true } }
}

/** A rank of the answers given in the window; within the rule's target all is well. */
function answered(all: Gathered, rule: number, part: number): Measure {
  const answers = all.answers.filter((answer) => answer.rule === rule)
  const late = rateOf(all, RULES[rule]?.id ?? '')
  const measure = ranked(
    answers.map(({ ms }) => ms),
    part,
    'none_answered',
    'why' in late ? undefined : late.cases,
  )
  return 'why' in measure ? measure : { ...measure, ideal: within(all, rule) }
}

function within({ floor }: Gathered, rule: number): Ideal {
  const due = RULES[rule]?.due
  return { atMost: floor.book.rules[rule]?.targetMs ?? (due?.kind === 'within' ? due.ms : Number.POSITIVE_INFINITY) }
}

function speed(typing: Typing | undefined): Measure {
  const value = typing && speedOf(typing)
  return value === undefined ? { why: 'no_typing_times' } : { value }
}
