/** What is answered to whoever asks for a report: the report, those beside it, and what was written about it. */
import type { FigureId } from './figures.ts'
import type { Period } from './period.ts'
import type { Report } from './report.ts'

/** The known figures of another period. */
export interface Compared {
  period: string
  figures: Partial<Record<FigureId, number>>
}

export interface Annotation {
  figure: FigureId
  cause: string
  followUp?: string
  by?: string
  /** RFC 3339. */
  at: string
}

export interface ReportAnswer {
  period: Pick<Period, 'id' | 'kind'>
  previous: string
  /** Left out when it has not begun. */
  next?: string
  report: Report
  /** The day, or week, before; left out when nothing happened in it. */
  before?: Compared
  /** Of a day: the same day of the week before. */
  weekBefore?: Compared
  /** The oldest first. */
  annotations: Annotation[]
}

/** Where what is written about a figure of a report stands in the log. */
export const annotationSubject = (period: string, figure: FigureId): string => `report/${period}/${figure}`
