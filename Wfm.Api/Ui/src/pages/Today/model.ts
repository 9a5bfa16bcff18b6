import type { Schemas } from '../../api/client'
import type { Tone } from '../../ui/controls'

export type Snapshot = Schemas['TodayResponse']
export type QueueToday = Schemas['TodayQueue']
export type Person = Schemas['TodayPerson']
export type Group = Schemas['TodayGroup']
export type Recommendation = Schemas['Recommendation']

/** What came in an interval that begins at `t`. */
export interface Point {
  t: number
  y: number
}

export interface Band {
  t: number
  mean: number
  low: number
  high: number
  closed: boolean
}

/** Contacts by queue, in order of time. */
export function toPoints(rows: readonly Schemas['VolumeInterval'][]): ReadonlyMap<string, Point[]> {
  const points = new Map<string, Point[]>()
  for (const row of rows) {
    const own = points.get(row.queue) ?? []
    own.push({ t: Date.parse(row.intervalStart), y: row.offered })
    points.set(row.queue, own)
  }
  for (const own of points.values()) own.sort((a, b) => a.t - b.t)
  return points
}

export const toBand = (answer: Schemas['ForecastIntervalsResponse']): Band[] =>
  answer.items.map(i => ({ t: Date.parse(i.start), mean: i.mean, low: i.quantiles[0], high: i.quantiles[1], closed: i.closed }))

/** The rest of the day as it is expected now. */
export const restOf = (queue: QueueToday): Band[] =>
  queue.volume?.items.map(i => ({ t: Date.parse(i.start), mean: i.mean, low: i.p10, high: i.p90, closed: false })) ?? []

/** The probability that the day ends with a broken promise: the goal missed or a deadline passed, whichever is likelier; null when nothing was projected. */
export function risk(queue: QueueToday): number | null {
  const goal = queue.service?.projected ? 1 - queue.service.projected.probabilityGoalMet : null
  const clock = queue.clock?.probability ?? null
  return goal === null ? clock : Math.max(goal, clock ?? 0)
}

/** Likeliest to break first; legal clocks before others of the same risk; queues without a projection last. */
export function ranked(queues: readonly QueueToday[]): QueueToday[] {
  return queues.toSorted(
    (a, b) =>
      (risk(b) ?? -1) - (risk(a) ?? -1) ||
      Number(b.clock?.isLegal ?? false) - Number(a.clock?.isLegal ?? false) ||
      a.queue.localeCompare(b.queue),
  )
}

export const riskTone = (probability: number | null): Tone | undefined =>
  probability === null ? undefined : probability >= 0.5 ? 'bad' : probability >= 0.2 ? 'warn' : 'ok'

/** The value that holds at an instant: the last that began before it and lasts `length` milliseconds. */
export function at<T extends { t: number }>(points: readonly T[], instant: number, length: number): T | undefined {
  const found = points.findLast(p => p.t <= instant)
  return found && instant < found.t + length ? found : undefined
}

/** Intervals of the picture: every start of the day. */
export const starts = (from: number, to: number, length: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / length)) }, (_, i) => from + i * length)

export type Doing = 'working' | 'break' | 'other' | 'absent' | 'next' | 'off'

/** What somebody is planned to do now; absent goes before all. Who begins later today is `next`. */
export function doing(person: Person): Doing {
  if (person.isAbsent) return 'absent'
  const kind = person.now?.kind
  if (kind === undefined) return person.next ? 'next' : 'off'
  return kind === 'work' || kind === 'overtime' ? 'working' : kind === 'break' || kind === 'meal' ? 'break' : 'other'
}

/** True when the state told of somebody is not what is planned for now; unknown states say nothing. */
export function differs(person: Person): boolean {
  const [planned, told] = [person.now?.kind, person.state?.activity]
  return planned !== undefined && told !== undefined && told !== null && !person.isAbsent && planned !== told
}

export function countDoing(people: readonly Person[]): Readonly<Record<Doing, number>> {
  const counts: Record<Doing, number> = { working: 0, break: 0, other: 0, absent: 0, next: 0, off: 0 }
  for (const person of people) counts[doing(person)]++
  return counts
}

/** A stretch of intervals in which a group lacks people. */
export interface Gap {
  group: string
  from: number
  to: number
  hours: number
  /** Heads missing at its worst. */
  heads: number
}

/** The longest lack, by head-hours, of all groups; null when nobody is missing. */
export function worstGap(groups: readonly Group[], minutes: number): Gap | null {
  return groups.flatMap(g => gaps(g, minutes)).sort((a, b) => b.hours - a.hours)[0] ?? null
}

/** The lacks of a group, those that touch as one; less than half a head is none. */
export function gaps(group: Group, minutes: number): Gap[] {
  const found: Gap[] = []
  for (const item of group.items) {
    if (item.gap < 0.5) continue
    const from = Date.parse(item.start)
    const last = found.at(-1)
    const hours = (item.gap * minutes) / 60
    if (last && last.to === from) {
      last.to = from + minutes * 60_000
      last.hours += hours
      last.heads = Math.max(last.heads, item.gap)
    } else found.push({ group: group.group, from, to: from + minutes * 60_000, hours, heads: item.gap })
  }
  return found
}

/** Late contacts that an action avoids, against doing nothing; null where it was not simulated. */
export function lateAvoided(action: Recommendation, nothing: readonly Schemas['QueueOutcome'][]): number | null {
  if (!action.outcome) return null
  const sum = (outcomes: readonly Schemas['QueueOutcome'][]) => outcomes.reduce((s, o) => s + o.late, 0)
  return sum(nothing) - sum(action.outcome)
}

/** The queue whose probability an action raises most, with both probabilities; null where none moves by a point. */
export function mostHelped(action: Recommendation, nothing: readonly Schemas['QueueOutcome'][]) {
  const before = new Map(nothing.map(o => [o.queue, o.probabilityGoalMet]))
  const [best] = (action.outcome ?? [])
    .map(o => ({ queue: o.queue, from: before.get(o.queue) ?? 0, to: o.probabilityGoalMet }))
    .sort((a, b) => b.to - b.from - (a.to - a.from))
  return best && best.to - best.from >= 0.01 ? best : null
}
