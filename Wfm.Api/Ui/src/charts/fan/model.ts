import { DAY, MINUTE } from '../../time/zone'
import { lowerBound, type Series } from '../downsample'

/** Quantile levels of the bands 19 in 20, 8 in 10 and 1 in 2 around the median. */
export const LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const

/** A forecast in steps; the quantiles are those of the steps as they are, never means or envelopes of shorter ones. */
export interface Forecast {
  t: Float64Array
  end: Float64Array
  mean: Float64Array
  /** By level, in the order of `LEVELS`. */
  quantiles: readonly Float64Array[]
}

export interface Span {
  from: number
  to: number
}

export const UNITS = ['interval', 'day', 'week'] as const
export type Unit = (typeof UNITS)[number]

const LONGEST = { interval: 21 * DAY, day: 400 * DAY }

/** The step for a stretch of time: half-hours to three weeks, days to thirteen months, then weeks; a wish is granted as far as pixels allow. */
export function unitFor({ from, to }: Span, pixels: number, minutes: number, wanted?: Unit): Unit {
  const span = to - from
  const drawable = span / Math.max(1, pixels) <= 3 * minutes * MINUTE
  if (wanted === 'interval') return drawable ? 'interval' : 'day'
  if (wanted) return wanted
  if (span <= LONGEST.interval && drawable) return 'interval'
  return span <= LONGEST.day ? 'day' : 'week'
}

/** A stretch within another, as long as before where there is room, and no shorter than six hours. */
export function clamp({ from, to }: Span, full: Span): Span {
  const length = Math.min(full.to - full.from, Math.max(DAY / 4, to - from))
  const begin = Math.min(Math.max(full.from, from), full.to - length)
  return { from: begin, to: begin + length }
}

/** Nearer or farther around an instant that keeps its place. */
export function zoomed(span: Span, factor: number, around: number, full: Span): Span {
  return clamp({ from: around - (around - span.from) * factor, to: around + (span.to - around) * factor }, full)
}

export const panned = ({ from, to }: Span, by: number, full: Span): Span => clamp({ from: from + by, to: to + by }, full)

/** The index of the step that holds an instant; −1 where none does. */
export function stepAt(t: Float64Array, end: (index: number) => number, instant: number): number {
  const i = lowerBound(t, instant + 1) - 1
  return i >= 0 && instant < end(i) ? i : -1
}

export const seriesEnd = (series: Series) => (index: number) => series.t[index] + series.minutes * MINUTE

/** The highest value in sight, of history and of the widest band. */
export function highest(history: Series, forecast: Forecast, { from, to }: Span): number {
  let most = 0
  for (let i = lowerBound(history.t, from); i < history.t.length && history.t[i] < to; i++) {
    if (history.y[i] > most) most = history.y[i]
  }
  const top = forecast.quantiles[LEVELS.length - 1]
  for (let i = lowerBound(forecast.t, from); i < forecast.t.length && forecast.t[i] < to; i++) if (top[i] > most) most = top[i]
  return most
}

/** Round values from zero to at least `most`, about `count` of them. */
export function ticks(most: number, count = 5): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find(m => m * power >= rough) ?? 10)
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => i * step)
}
