import { date } from '../../ui/search'

export interface ReportsSearch {
  /** First day; four weeks back when left out. */
  from?: string
  /** Last day; yesterday when left out. */
  to?: string
}

export const reportsSearch = (s: Record<string, unknown>): ReportsSearch => ({ from: date(s.from), to: date(s.to) })
