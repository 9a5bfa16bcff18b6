import { oneOf, text } from '../../ui/search'

export const ZOOMS = ['day', 'week', 'period'] as const
export const SORTS = ['start', 'name', 'group'] as const
export type Zoom = (typeof ZOOMS)[number]
export type Sort = (typeof SORTS)[number]

export interface RostersSearch {
  /** The newest of the hub when left out. */
  roster?: string
  zoom?: Zoom
  sort?: Sort
  /** A skill group; all immediate work when left out. */
  group?: string
  /** Code of the person whose shift is chosen, and its day; the next one when left out. */
  person?: string
  day?: string
  /** The roster it is compared with. */
  with?: string
}

export const rostersSearch = (s: Record<string, unknown>): RostersSearch => ({
  roster: text(s.roster),
  zoom: oneOf(s.zoom, ZOOMS),
  sort: oneOf(s.sort, SORTS),
  group: text(s.group),
  person: text(s.person),
  day: text(s.day),
  with: text(s.with),
})
