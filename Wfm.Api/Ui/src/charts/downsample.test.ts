import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, Zone } from '../time/zone'
import { downsample, lowerBound, type Series, stepFor, WEEK_MINUTES } from './downsample'

const dublin = Zone.of('Europe/Dublin')
const TWO_YEARS = 34_944 // half-hours
const START = Date.UTC(2024, 10, 4)
const HALF = 30 * MINUTE
const series: Series = {
  t: Float64Array.from({ length: TWO_YEARS }, (_, i) => START + i * HALF),
  y: Float64Array.from({ length: TWO_YEARS }, (_, i) => (i === 20_000 ? 999 : 50 + ((i * 7919) % 40))),
  minutes: 30,
}
const END = START + TWO_YEARS * HALF

describe('downsample', () => {
  it.each([300, 700, 1300, 2600])('keeps one spike and every contact of two years at %d pixels', pixels => {
    const buckets = downsample(series, START, END, stepFor(30, START, END, pixels), dublin)

    expect(Math.max(...buckets.high)).toBe(999)
    expect(buckets.n.reduce((a, n) => a + n, 0)).toBe(TWO_YEARS)
    const sum = buckets.mean.reduce((a, mean, i) => a + mean * buckets.n[i], 0)
    expect(sum).toBeCloseTo(
      series.y.reduce((a, y) => a + y, 0),
      3,
    )
    expect(buckets.t.length).toBeLessThanOrEqual(pixels)
  })

  it('keeps lowest ≤ mean ≤ highest', () => {
    const { low, mean, high } = downsample(series, START, END, 720, dublin)
    expect(mean.every((m, i) => low[i] <= m && m <= high[i])).toBe(true)
  })

  it('begins days and weeks by the clock of the hub, over a change of the clock', () => {
    const days = downsample(series, START, END, 1440, dublin)
    expect([...days.t.subarray(1)].filter(t => dublin.clock(t) !== '00:00')).toEqual([])
    expect(Math.max(...days.n)).toBe(50) // the day of 25 hours
    const weeks = downsample(series, START, END, WEEK_MINUTES, dublin)
    expect([...weeks.t.subarray(1)].filter(t => dublin.weekday(t) !== 0)).toEqual([])
  })

  it('counts what is missing, whether absent or not a number', () => {
    const t = [0, 1, 2, 5, 6].map(i => START + i * HALF) // 3 and 4 are absent
    const gappy = { t: Float64Array.from(t), y: Float64Array.from([1, Number.NaN, 3, 4, 5]), minutes: 30 }
    const buckets = downsample(gappy, START, START + DAY, 180, dublin)
    expect(buckets.missing).toBe(3)
    expect([...buckets.n]).toEqual([3, 1])
    expect(buckets.end[1]).toBe(START + 7 * HALF)
  })

  it('is empty where nothing is', () =>
    expect(downsample(series, END + DAY, END + 2 * DAY, 30, dublin).n.length).toBeLessThanOrEqual(1))
})

describe('stepFor', () => {
  it('draws every step while there is room, then whole steps of the clock', () => {
    expect(stepFor(30, 0, 10 * DAY, 1300)).toBe(30)
    expect(stepFor(30, 0, 400 * DAY, 1300)).toBe(1440)
    expect(stepFor(30, 0, 6 * HOUR, 10)).toBe(30)
  })
})

it('finds the first instant that is not before', () => {
  expect([0, 5, 10, 11].map(at => lowerBound(Float64Array.from([0, 5, 10]), at))).toEqual([0, 1, 2, 3])
})
