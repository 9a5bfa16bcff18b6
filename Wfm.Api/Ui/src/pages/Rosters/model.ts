import type { Schemas } from '../../api/client'
import { type Bar, type Coverage, type Move, moved, type Part, type PartKind, type Row } from '../../charts/gantt/model'
import { MINUTE, type Zone } from '../../time/zone'
import type { Finding, GroupCoverage, Operation, Shift } from './queries'
import type { Sort } from './search'

type Agent = Schemas['AgentResponse']

const KINDS: readonly PartKind[] = ['work', 'break', 'meal', 'wellness']

function parts(activities: Shift['activities']): Part[] {
  return activities.map(a => ({
    kind: KINDS.find(k => k === a.kind) ?? 'other',
    start: Date.parse(a.start),
    end: Date.parse(a.end),
    group: a.group ?? '',
  }))
}

/** The group that is worked on longest; empty without work. */
export function mainGroup(parts: readonly Part[]): string {
  const time = new Map<string, number>()
  for (const p of parts) if (p.kind === 'work') time.set(p.group, (time.get(p.group) ?? 0) + p.end - p.start)
  return [...time].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

export function barOf(shift: Pick<Shift, 'agent' | 'start' | 'end' | 'activities'>, id: string): Bar {
  const list = parts(shift.activities)
  return { id, row: shift.agent, start: Date.parse(shift.start), end: Date.parse(shift.end), group: mainGroup(list), parts: list }
}

/** One row a person, with or without shifts; shifts that leave has freed are not drawn. */
export function rowsOf(agents: readonly Agent[], shifts: readonly Shift[]): Row[] {
  const bars = new Map<string, Bar[]>()
  for (const shift of shifts) {
    if (shift.state === 'freed') continue
    const list = bars.get(shift.agent)
    if (list) list.push(barOf(shift, shift.id))
    else bars.set(shift.agent, [barOf(shift, shift.id)])
  }
  const known = new Map(agents.map(a => [a.code, a]))
  const codes = [...agents.filter(a => a.active).map(a => a.code), ...[...bars.keys()].filter(c => !known.get(c)?.active)]
  return codes.map(code => ({
    id: code,
    name: known.get(code)?.name ?? code,
    note: code,
    bars: (bars.get(code) ?? []).sort((a, b) => a.start - b.start),
  }))
}

/** Rows in order; by first start on the clock people of one shift stand together. */
export function sorted(rows: readonly Row[], sort: Sort, zone: Zone): Row[] {
  const clock = (row: Row) => (row.bars[0] ? zone.minuteOfDay(row.bars[0].start) : Number.POSITIVE_INFINITY)
  const group = (row: Row) => row.bars[0]?.group ?? '~'
  return rows.toSorted((a, b) => {
    if (sort === 'name') return a.name.localeCompare(b.name)
    const byGroup = sort === 'group' ? group(a).localeCompare(group(b)) : 0
    return (
      byGroup ||
      compare(clock(a), clock(b)) ||
      compare(a.bars[0]?.start ?? 0, b.bars[0]?.start ?? 0) ||
      a.name.localeCompare(b.name)
    )
  })
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)

/** Groups in order of their codes: the place is the colour. */
export const groupsOf = (coverage: readonly GroupCoverage[]) => coverage.map(c => c.group).sort()

/** Heads of one group, or of all; null where there is nothing. */
export function coverageSum(coverage: readonly GroupCoverage[], group?: string): Coverage | null {
  const chosen = coverage.filter(c => (group ? c.group === group : true))
  if (chosen.length === 0) return null
  const [first] = chosen
  const length = Math.max(...chosen.map(c => c.required.length))
  const [required, scheduled] = [new Float64Array(length), new Float64Array(length)]
  for (const c of chosen) {
    const immediate = group !== undefined || c.required.some(r => r > 0)
    if (!immediate) continue
    c.required.forEach((r, i) => {
      required[i] += r
    })
    c.scheduled.forEach((s, i) => {
      scheduled[i] += s
    })
  }
  return { start: Date.parse(first.start), step: first.intervalMinutes * MINUTE, required, scheduled }
}

export type Proficiency = (person: string, group: string) => number

/** Speed in a group, at most 1 as coverage counts it; 0 without the skill. */
export function proficiencyOf(agents: readonly Agent[]): Proficiency {
  const known = new Map(agents.flatMap(a => a.skills.map(s => [`${a.code} ${s.group}`, Math.min(1, s.proficiency)] as const)))
  return (person, group) => known.get(`${person} ${group}`) ?? 0
}

/** Coverage with one shift where it is dragged to; a drag over `groups` alone counts. */
export function coverageWith(coverage: Coverage, move: Move, groups: ReadonlySet<string>, proficiency: Proficiency): Coverage {
  const scheduled = Float64Array.from(coverage.scheduled)
  const add = (bar: Bar, sign: number) => {
    for (const part of bar.parts) {
      if (part.kind === 'work' && groups.has(part.group))
        spread(scheduled, coverage, part, sign * proficiency(bar.row, part.group))
    }
  }
  add(move.bar, -1)
  add(moved(move), 1)
  return { ...coverage, scheduled }
}

/** Adds heads to the intervals that a part touches, by the share it covers. */
function spread(heads: Float64Array, { start, step }: Coverage, part: Part, weight: number) {
  const first = Math.max(0, Math.floor((part.start - start) / step))
  const last = Math.min(heads.length - 1, Math.ceil((part.end - start) / step) - 1)
  for (let i = first; i <= last; i++) {
    const begin = start + i * step
    heads[i] += (weight * (Math.min(part.end, begin + step) - Math.max(part.start, begin))) / step
  }
}

/** What a drag asks of the server: another time of the same day is a move; another person or day is a shift taken away and given. */
export function operationsOf(move: Move, shift: Shift, zone: Zone): Operation[] {
  const there = moved(move)
  const date = zone.date(there.start)
  const start = iso(there.start)
  if (move.row === shift.agent && date === shift.date) return [{ kind: 'move', agent: shift.agent, date, start }]
  const by = there.start - move.bar.start
  const activities = shift.activities.map(a => ({ ...a, start: iso(Date.parse(a.start) + by), end: iso(Date.parse(a.end) + by) }))
  return [
    { kind: 'remove', agent: shift.agent, date: shift.date },
    { kind: 'assign', agent: move.row, date, shift: { template: shift.template, activities, paidMinutes: shift.paidMinutes } },
  ]
}

export const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')

/** The finding that matters most to somebody who drags: the first hard one. */
export const firstBroken = (broken: readonly Finding[]) => broken.find(f => f.hard && !f.waiver)

/** Coverage with what the server says of the intervals that an edit has changed. */
export function patched(coverage: readonly GroupCoverage[], changed: readonly Schemas['EditedCoverageData'][]): GroupCoverage[] {
  return coverage.map(group => {
    const patches = changed.filter(c => c.group === group.group)
    if (patches.length === 0) return group
    const scheduled = [...group.scheduled]
    for (const patch of patches) {
      const at = Math.round((Date.parse(patch.start) - Date.parse(group.start)) / (group.intervalMinutes * MINUTE))
      patch.after.forEach((heads, i) => {
        scheduled[at + i] = heads
      })
    }
    return { ...group, scheduled }
  })
}
