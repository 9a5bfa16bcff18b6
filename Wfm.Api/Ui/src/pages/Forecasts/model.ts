import type { Schemas } from '../../api/client'
import type { Series } from '../../charts/downsample'
import { type Forecast, LEVELS, type Span, type Unit } from '../../charts/fan/model'
import { MINUTE } from '../../time/zone'

export const MINUTES: Record<Exclude<Unit, 'interval'>, number> = { day: 1440, week: 10_080 }

/** Reads the start and the offered contacts of every row of volumes as CSV; the other columns are skipped. */
export function parseVolumes(text: string, minutes: number): Series {
  const lines = text.split('\n').slice(1)
  const [t, y] = [new Float64Array(lines.length), new Float64Array(lines.length)]
  let count = 0
  for (const line of lines) {
    const cells = line.split(',', 4)
    if (cells.length < 4) continue
    t[count] = Date.parse(cells[0])
    y[count++] = Number(cells[3])
  }
  return { t: t.subarray(0, count), y: y.subarray(0, count), minutes }
}

/** Without the weeks that are not over: a part of a week is no dip. */
export function whole(series: Series, cutOff: number): Series {
  let count = series.t.length
  while (count > 0 && series.t[count - 1] + (series.minutes - 90) * MINUTE > cutOff) count-- // a day of 23 hours is whole too
  return { ...series, t: series.t.subarray(0, count), y: series.y.subarray(0, count) }
}

interface Step {
  start: number
  end: number
  mean: number
  quantiles: readonly number[]
}

export function forecastOf(steps: readonly Step[]): Forecast {
  return {
    t: Float64Array.from(steps, s => s.start),
    end: Float64Array.from(steps, s => s.end),
    mean: Float64Array.from(steps, s => s.mean),
    quantiles: LEVELS.map((_, level) => Float64Array.from(steps, s => s.quantiles[level])),
  }
}

export type Change = { factor: number } | { added: number }

/** What an adjustment would do: contacts and hours of work more, interval by interval, never below zero. */
export function effectOf(
  intervals: readonly Schemas['ForecastInterval'][],
  { from, to }: Span,
  change: Change,
): { contacts: number; hours: number } {
  let [contacts, seconds] = [0, 0]
  for (const interval of intervals) {
    const start = Date.parse(interval.start)
    if (start < from || start >= to || interval.closed) continue
    const after = 'factor' in change ? interval.mean * change.factor : Math.max(0, interval.mean + change.added)
    contacts += after - interval.mean
    seconds += (after - interval.mean) * interval.ahtSeconds
  }
  return { contacts, hours: seconds / 3600 }
}

/** The number that was typed, with a point or a comma; null for anything else. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.').replace('−', '-')
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null
}
