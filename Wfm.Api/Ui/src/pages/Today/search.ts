import { text } from '../../ui/search'

export interface TodaySearch {
  /** The queue whose figures are shown. */
  queue?: string
  /** The recommendations that are shown. */
  actions?: string
}

export const todaySearch = (s: Record<string, unknown>): TodaySearch => ({ queue: text(s.queue), actions: text(s.actions) })
