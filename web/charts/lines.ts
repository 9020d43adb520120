import { percent } from '../format/percent.ts'
import { t } from '../i18n/i18n.svelte.ts'
import type { Line } from './pick.ts'

/** The lines of each chart, in the language read now. */
export const LINES = {
  waiting: (): Line[] => [
    { figure: 'conversations/waiting', name: t('queues.chart'), valueOf: ({ waiting }) => waiting, say: String },
  ],
  rates: () =>
    (['first', 'reply'] as const).map(
      (which): Line => ({
        figure: `response/${which}/recent/count`,
        name: t(`response.${which}`),
        valueOf: (point) => point[`${which}Rate`],
        say: (rate) => `${t(`response.${which}`)} ${percent(rate)}%`,
      }),
    ),
}
