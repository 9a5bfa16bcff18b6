import type { Schemas } from '../../api/client'
import { MINUTE, type Zone } from '../../time/zone'

export type Coverage = Schemas['CoverageResponse']
export type Row = Schemas['WaterfallRow']

/** The days of a picture and the places of intervals in it. */
export interface Grid {
  days: { start: number; date: string }[]
  /** Intervals of the longest day. */
  columns: number
  /** The index of an interval in the series; null where the day has none. */
  index(row: number, column: number): number | null
  cell(instant: number): { row: number; column: number } | null
}

/** Days of the zone as rows, intervals since their midnight as columns: a day of 25 hours is longer, one of 23 shorter. */
export function gridOf(start: number, minutes: number, count: number, zone: Zone): Grid {
  const length = minutes * MINUTE
  const days = zone.days(start, start + count * length).map(day => ({ start: day, date: zone.date(day) }))
  const longest = Math.max(...days.map(d => (zone.nextDay(d.start) - d.start) / length))
  return {
    days,
    columns: Math.ceil(longest),
    index(row, column) {
      const at = days[row].start + column * length
      const i = Math.round((at - start) / length)
      return at >= zone.nextDay(days[row].start) || i < 0 || i >= count ? null : i
    },
    cell(instant) {
      const row = days.findLastIndex(d => d.start <= instant)
      if (row < 0 || instant >= start + count * length) return null
      return { row, column: Math.floor((instant - days[row].start) / length) }
    },
  }
}

export interface Balance {
  /** Scheduled less required, by interval. */
  difference: number[]
  missingHours: number
  spareHours: number
  /** The largest difference either way. */
  most: number
  /** The interval that lacks most; null when none lacks half a head. */
  worst: number | null
}

export function balanceOf({
  required,
  scheduled,
  intervalMinutes,
}: Pick<Coverage, 'required' | 'scheduled' | 'intervalMinutes'>): Balance {
  const difference = required.map((r, i) => (scheduled[i] ?? 0) - r)
  const hours = intervalMinutes / 60
  const sum = (part: (d: number) => number) => difference.reduce((s, d) => s + part(d), 0) * hours
  const least = Math.min(0, ...difference)
  return {
    difference,
    missingHours: sum(d => Math.max(0, -d)),
    spareHours: sum(d => Math.max(0, d)),
    most: Math.max(0, ...difference.map(Math.abs)),
    worst: least <= -0.5 ? difference.indexOf(least) : null,
  }
}

/** Groups with immediate work first, those that lack most before others; a group whose work can all wait has no heads by interval. */
export const byLack = (groups: readonly Coverage[]): Coverage[] =>
  groups.toSorted(
    (a, b) => Number(isDeferrable(a)) - Number(isDeferrable(b)) || balanceOf(b).missingHours - balanceOf(a).missingHours,
  )

export const isDeferrable = (group: Pick<Coverage, 'required'>): boolean => group.required.every(r => r === 0)

const PARTS = ['workload', 'deferral', 'queueing', 'occupancy', 'minimum', 'shrinkage', 'rounding'] as const
export type PartName = (typeof PARTS)[number]

/** The parts of several queues together: volumes and heads add up. Parts that are nothing everywhere are left out. */
export function sumOf(rows: readonly Row[]): { volume: number; heads: number; parts: { name: PartName; value: number }[] } {
  const sum = (of: (row: Row) => number) => rows.reduce((s, row) => s + of(row), 0)
  return {
    volume: sum(r => r.volume),
    heads: sum(r => r.heads),
    parts: PARTS.map(name => ({ name, value: sum(r => r[name]) })).filter(
      p => p.name === 'workload' || Math.abs(p.value) >= 0.005,
    ),
  }
}

/** Hours done ahead of their deadline by the end of each interval, below zero late, and how many could be at most. */
export const aheadOf = (
  queue: Pick<Schemas['DeferrableResponse'], 'dueHours' | 'arrivedHours' | 'workedHours'>,
): { done: number; possible: number }[] =>
  queue.dueHours.map((due, i) => ({ done: queue.workedHours[i] - due, possible: queue.arrivedHours[i] - due }))
