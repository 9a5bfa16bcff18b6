import { describe, expect, it } from 'vitest'
import { HOUR, Zone } from '../../time/zone'
import { aheadOf, balanceOf, byLack, type Coverage, gridOf, type Row, sumOf } from './model'

const dublin = Zone.of('Europe/Dublin')

describe('gridOf', () => {
  it('has a longer row on the day that the clock goes back', () => {
    // 24 and 25 October 2026: 24 and 25 hours; summer time is UTC+1
    const start = Date.UTC(2026, 9, 23, 23)
    const grid = gridOf(start, 30, 98, dublin)
    expect(grid.days.map(d => d.date)).toEqual(['2026-10-24', '2026-10-25'])
    expect(grid.columns).toBe(50)
    expect(grid.index(0, 47)).toBe(47)
    expect(grid.index(0, 48)).toBeNull()
    expect(grid.index(1, 49)).toBe(97)
    expect(grid.cell(start + 24.5 * HOUR)).toEqual({ row: 1, column: 1 })
  })

  it('has no cell before the first interval or after the last', () => {
    const start = Date.UTC(2026, 10, 2, 6)
    const grid = gridOf(start, 30, 4, dublin)
    expect(grid.index(0, 11)).toBeNull()
    expect(grid.index(0, 12)).toBe(0)
    expect(grid.cell(start + 2 * HOUR)).toBeNull()
  })
})

const group = (name: string, required: number[], scheduled: number[]): Coverage => ({
  group: name,
  start: '',
  intervalMinutes: 30,
  required,
  scheduled,
  coverage: 1,
  deferrable: [],
})

describe('balanceOf', () => {
  it('counts what is missing and what is spare apart', () => {
    // −2 and +1 and 0 for half an hour each
    expect(balanceOf(group('g', [4, 2, 1], [2, 3, 1]))).toEqual({
      difference: [-2, 1, 0],
      missingHours: 1,
      spareHours: 0.5,
      most: 2,
      worst: 0,
    })
  })

  it('has no worst interval where less than half a head is missing', () =>
    expect(balanceOf(group('g', [1], [0.6])).worst).toBeNull())
})

it('puts groups whose work can all wait last, and the largest lack first', () => {
  const order = byLack([group('waits', [0, 0], [5, 5]), group('little', [2], [1]), group('much', [9], [1])])
  expect(order.map(g => g.group)).toEqual(['much', 'little', 'waits'])
})

describe('sumOf', () => {
  const row = (more: Partial<Row>): Row => ({
    volume: 0,
    workload: 0,
    deferral: 0,
    queueing: 0,
    occupancy: 0,
    minimum: 0,
    shrinkage: 0,
    rounding: 0,
    heads: 0,
    ...more,
  })

  it('adds queues up, and the parts to the heads', () => {
    const rows = [
      row({ volume: 10, workload: 2, queueing: 1, heads: 3 }),
      row({ volume: 5, workload: 1, shrinkage: 0.5, heads: 1.5 }),
    ]
    const { volume, heads, parts } = sumOf(rows)
    expect([volume, heads]).toEqual([15, 4.5])
    expect(parts.map(p => p.name)).toEqual(['workload', 'queueing', 'shrinkage'])
    expect(parts.reduce((s, p) => s + p.value, 0)).toBe(heads)
  })
})

it('tells work done ahead of its deadline, and what is late', () => {
  // 3 done of 2 due; then 4 of 5, of 7 that had come
  expect(aheadOf({ dueHours: [2, 5], arrivedHours: [6, 7], workedHours: [3, 4] })).toEqual([
    { done: 1, possible: 4 },
    { done: -1, possible: 2 },
  ])
})
