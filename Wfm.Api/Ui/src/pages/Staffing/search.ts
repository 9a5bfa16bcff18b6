import { text } from '../../ui/search'

export interface StaffingSearch {
  roster?: string
  /** Skill group. */
  group?: string
  /** First instant of the interval that is explained. */
  at?: string
}

export const staffingSearch = (s: Record<string, unknown>): StaffingSearch => ({
  roster: text(s.roster),
  group: text(s.group),
  at: typeof s.at === 'string' && !Number.isNaN(Date.parse(s.at)) ? s.at : undefined,
})
