import { DAY, MINUTE, type Zone } from '../time/zone'

/** Observations in steps of `minutes`; what is missing is absent or NaN. */
export interface Series {
  /** First instants of the steps, ascending. */
  t: Float64Array
  y: Float64Array
  minutes: number
}

/** What is drawn of a series: mean, lowest and highest of every bucket, so that no peak is averaged away. */
export interface Buckets {
  t: Float64Array
  /** The end of the last observation in the bucket. */
  end: Float64Array
  mean: Float64Array
  low: Float64Array
  high: Float64Array
  /** Observations in the bucket. */
  n: Int32Array
  /** Steps between the first and the last observation that have none. */
  missing: number
  minutes: number
}

export const WEEK_MINUTES = 10_080
const STEPS = [30, 60, 180, 360, 720, 1440, WEEK_MINUTES]
const MONDAY = 4 * DAY // the first Monday after 1970-01-01

/** The shortest step of the clock that gets two pixels; the series' own as long as three of its steps do not share one. */
export function stepFor(minutes: number, from: number, to: number, pixels: number): number {
  const perPixel = (to - from) / Math.max(1, pixels) / MINUTE
  return minutes * 3 >= perPixel ? minutes : (STEPS.find(step => step >= minutes && step >= perPixel * 2) ?? WEEK_MINUTES)
}

/** Buckets of whole steps of the hub's clock (weeks from Monday) over `[from, to)` and one observation on either side. */
export function downsample(series: Series, from: number, to: number, minutes: number, zone: Zone): Buckets {
  const step = series.minutes * MINUTE
  const a = Math.max(0, lowerBound(series.t, from) - 1)
  const b = Math.min(series.t.length, lowerBound(series.t, to) + 1)
  const buckets = new Filling(b - a)
  let key = Number.NaN
  let missing = 0
  let last = Number.NaN
  for (let i = a; i < b; i++) {
    const [t, y] = [series.t[i], series.y[i]]
    if (Number.isNaN(y)) continue
    if (!Number.isNaN(last)) missing += Math.max(0, Math.round((t - last) / step) - 1)
    last = t
    const next = bucketOf(zone.local(t), minutes)
    if (next !== key) buckets.open(t)
    key = next
    buckets.add(t + step, y)
  }
  return buckets.close(missing, minutes)
}

/** The number of the bucket that a local reading falls into. */
export const bucketOf = (local: number, minutes: number): number =>
  Math.floor((minutes === WEEK_MINUTES ? local - MONDAY : local) / (minutes * MINUTE))

/** The first index whose instant is not before `at`. */
export function lowerBound(t: Float64Array, at: number): number {
  let [a, b] = [0, t.length]
  while (a < b) {
    const middle = (a + b) >> 1
    if (t[middle] < at) a = middle + 1
    else b = middle
  }
  return a
}

class Filling {
  private readonly t: Float64Array
  private readonly end: Float64Array
  private readonly sum: Float64Array
  private readonly low: Float64Array
  private readonly high: Float64Array
  private readonly n: Int32Array
  private k = -1

  constructor(most: number) {
    ;[this.t, this.end, this.sum, this.low, this.high] = Array.from({ length: 5 }, () => new Float64Array(most))
    this.n = new Int32Array(most)
  }

  open(t: number) {
    this.k++
    this.t[this.k] = t
    this.low[this.k] = Number.POSITIVE_INFINITY
    this.high[this.k] = Number.NEGATIVE_INFINITY
  }

  add(end: number, y: number) {
    const k = this.k
    this.end[k] = end
    this.sum[k] += y
    this.n[k]++
    if (y < this.low[k]) this.low[k] = y
    if (y > this.high[k]) this.high[k] = y
  }

  close(missing: number, minutes: number): Buckets {
    const count = this.k + 1
    const cut = (array: Float64Array) => array.subarray(0, count)
    const n = this.n.subarray(0, count)
    return {
      t: cut(this.t),
      end: cut(this.end),
      mean: cut(this.sum).map((s, i) => s / n[i]),
      low: cut(this.low),
      high: cut(this.high),
      n,
      missing,
      minutes,
    }
  }
}
