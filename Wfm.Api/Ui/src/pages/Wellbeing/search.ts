import { text } from '../../ui/search'

export interface WellbeingSearch {
  /** The limit whose use is shown, by its text. */
  limit?: string
}

export const wellbeingSearch = (s: Record<string, unknown>): WellbeingSearch => ({ limit: text(s.limit) })
