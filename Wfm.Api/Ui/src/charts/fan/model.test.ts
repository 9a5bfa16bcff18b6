import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../time/zone'
import { clamp, highest, LEVELS, panned, stepAt, ticks, unitFor, zoomed } from './model'

const span = (days: number) => ({ from: 0, to: days * DAY })

describe('unitFor', () => {
  it.each([
    [10, 1300, undefined, 'interval'],
    [21, 1300, undefined, 'interval'],
    [22, 1300, undefined, 'day'],
    [400, 1300, undefined, 'day'],
    [700, 1300, undefined, 'week'],
    [60, 1300, 'interval', 'interval'], // 2,880 half-hours: less than three share a pixel
    [365, 1300, 'interval', 'day'], // quantiles of half-hours cannot be averaged, so a wish gives way
    [21, 300, undefined, 'day'], // on a phone
    [700, 1300, 'day', 'day'],
  ] as const)('gives %d days on %d pixels, wished %s, the step %s', (days, pixels, wanted, unit) => {
    expect(unitFor(span(days), pixels, 30, wanted)).toBe(unit)
  })
})

describe('a stretch of time', () => {
  it('stays within what there is, as long as before', () => {
    expect(clamp({ from: -3 * DAY, to: 2 * DAY }, span(10))).toEqual({ from: 0, to: 5 * DAY })
    expect(panned({ from: 6 * DAY, to: 9 * DAY }, 4 * DAY, span(10))).toEqual({ from: 7 * DAY, to: 10 * DAY })
    expect(clamp({ from: 0, to: 99 * DAY }, span(10))).toEqual(span(10))
  })

  it('zooms around an instant that keeps its place', () => {
    expect(zoomed({ from: 0, to: 8 * DAY }, 0.5, 2 * DAY, span(10))).toEqual({ from: DAY, to: 5 * DAY })
    expect(zoomed(span(1), 0.001, 0, span(10)).to).toBe(6 * HOUR)
  })
})

it('finds the step that holds an instant, and none in a gap', () => {
  const t = Float64Array.from([0, HOUR, 3 * HOUR])
  const end = (i: number) => t[i] + HOUR
  expect([0, HOUR - 1, HOUR, 2 * HOUR, 3.5 * HOUR, 5 * HOUR, -1].map(at => stepAt(t, end, at))).toEqual([0, 0, 1, -1, 2, -1, -1])
})

it('knows the highest of history and band in sight', () => {
  const t = Float64Array.from([0, DAY])
  const history = { t, y: Float64Array.from([7, 3]), minutes: 30 }
  const later = Float64Array.from([2 * DAY, 3 * DAY])
  const forecast = {
    t: later,
    end: later.map(x => x + 30 * MINUTE),
    mean: later,
    quantiles: LEVELS.map(() => Float64Array.from([5, 11])),
  }
  expect(highest(history, forecast, { from: 0, to: 3 * DAY })).toBe(7)
  expect(highest(history, forecast, { from: DAY, to: 4 * DAY })).toBe(11)
})

it.each([
  [103, [0, 25, 50, 75, 100, 125]],
  [4, [0, 1, 2, 3, 4]],
  [0, [0, 1]],
  [0.9, [0, 0.2, 0.4, 0.6, 0.8, 1]],
])('marks %d from zero', (most, expected) => expect(ticks(most).map(t => Math.round(t * 100) / 100)).toEqual(expected))
