import { text } from '../../ui/search'

export interface CapacitySearch {
  /** The plan that is shown. */
  plan?: string
  /** The plan it is compared with. */
  with?: string
}

export const capacitySearch = (s: Record<string, unknown>): CapacitySearch => ({ plan: text(s.plan), with: text(s.with) })
