import { text } from '../../ui/search'

export interface SetupSearch {
  /** Letters that the rows shown have in common. */
  q?: string
  /** The policy whose rules are shown. */
  policy?: string
}

export const setupSearch = (s: Record<string, unknown>): SetupSearch => ({ q: text(s.q), policy: text(s.policy) })
