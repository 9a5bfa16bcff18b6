import type { Schemas } from '../../api/client'

export type PersonExposure = Schemas['PersonExposureResponse']
export type Headroom = Schemas['LimitHeadroom']

/** Fewer people than this are told of together or not at all. */
export const FEWEST = 5

/** One limit and how much of it everybody uses who is under it. */
export interface LimitUse {
  text: string
  rule: string
  source: string
  unit: string
  limit: number
  people: { agent: string; planned: number; actual: number | null; used: number; left: number; tightest: string }[]
}

/** Limits with their people, those that somebody exceeds first, then by what is left on the tightest day. */
export function byLimit(people: readonly PersonExposure[]): LimitUse[] {
  const limits = new Map<string, LimitUse>()
  for (const person of people) {
    for (const l of person.limits) {
      const own = limits.get(l.text) ?? { text: l.text, rule: l.rule, source: l.source, unit: l.unit, limit: l.limit, people: [] }
      limits.set(l.text, own)
      own.limit = Math.max(own.limit, l.limit) // a ramp gives newcomers less; the line is drawn at the full limit
      const used = Math.max(l.limit - l.tightestHeadroom, l.planned, l.actual ?? 0)
      own.people.push({
        agent: person.agent,
        planned: l.planned,
        actual: l.actual ?? null,
        used,
        left: l.limit - used,
        tightest: l.tightest,
      })
    }
  }
  return [...limits.values()].sort((a, b) => least(a) / Math.max(1, a.limit) - least(b) / Math.max(1, b.limit))
}

const least = (use: LimitUse) => Math.min(...use.people.map(p => p.left))

/** Those above a limit; half a minute is rounding. */
export const above = (use: LimitUse) => use.people.filter(p => p.left < -0.5)

/** Those with less than a tenth of the limit left. */
export const near = (use: LimitUse) => use.people.filter(p => p.left >= -0.5 && p.left < use.limit / 10)

/** Dots at their values, those within the same `width` pixels stacked from the bottom. */
export function stack(
  values: readonly number[],
  x: (value: number) => number,
  width: number,
): { index: number; x: number; level: number }[] {
  const heights = new Map<number, number>()
  return values
    .map((value, index) => ({ index, x: x(value) }))
    .sort((a, b) => a.x - b.x || a.index - b.index)
    .map(dot => {
      const column = Math.floor(dot.x / width)
      const level = heights.get(column) ?? 0
      heights.set(column, level + 1)
      return { ...dot, level }
    })
}

export const CLASSES = ['e1', 'e2', 'e3', 'e4'] as const
