import { UNITS, type Unit } from '../../charts/fan/model'
import { date, oneOf, text } from '../../ui/search'

export interface ForecastsSearch {
  /** The largest of the hub when left out. */
  queue?: string
  /** The step, where it does not follow the zoom. */
  unit?: Unit
  /** First and last day in sight. */
  from?: string
  to?: string
}

export const forecastsSearch = (s: Record<string, unknown>): ForecastsSearch => ({
  queue: text(s.queue),
  unit: oneOf(s.unit, UNITS),
  from: date(s.from),
  to: date(s.to),
})
