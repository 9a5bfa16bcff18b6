import { describe, expect, it } from 'vitest'
import type { Move } from '../../charts/gantt/model'
import { HOUR, Zone } from '../../time/zone'
import { barOf, coverageSum, coverageWith, operationsOf, patched, proficiencyOf, rowsOf, sorted } from './model'
import type { GroupCoverage, Shift } from './queries'

const dublin = Zone.of('Europe/Dublin')
const agent = (code: string, ...skills: [string, number][]) =>
  ({
    code,
    name: `Name of ${code}`,
    active: true,
    skills: skills.map(([group, proficiency]) => ({ group, proficiency })),
  }) as never

/** Works 06:00–08:00 on live, has a break until 08:30, works on mail until 10:00. */
const shift = (person: string, date: string, more: Partial<Shift> = {}): Shift => {
  const at = (clock: string) => `${date}T${clock}:00Z`
  return {
    id: `${person} ${date}`,
    state: 'draft',
    agent: person,
    hub: 'dub',
    date,
    template: 'early',
    start: at('06:00'),
    end: at('10:00'),
    localStart: at('06:00'),
    localEnd: at('10:00'),
    paidMinutes: 210,
    activities: [
      { kind: 'work', group: 'live', start: at('06:00'), end: at('08:00') },
      { kind: 'break', group: null, start: at('08:00'), end: at('08:30') },
      { kind: 'work', group: 'mail', start: at('08:30'), end: at('10:00') },
    ],
    ...more,
  } as Shift
}
const coverage = (group: string, required: number[], scheduled: number[]): GroupCoverage =>
  ({
    group,
    start: '2026-12-02T06:00:00Z',
    intervalMinutes: 60,
    required,
    scheduled,
    coverage: 1,
    deferrable: [],
  }) as GroupCoverage

const one = shift('ana', '2026-12-02')
const move = (more: Partial<Move> = {}): Move => {
  const bar = barOf(one, one.id)
  return { bar, row: 'ana', start: bar.start + HOUR, ...more }
}

describe('barOf', () => {
  it('is named after the group that is worked on longest', () => expect(barOf(one, 'x').group).toBe('live'))
})

describe('rowsOf', () => {
  it('has a row for everybody, and for those who left with a shift', () => {
    const rows = rowsOf([agent('ana'), agent('bo')], [one, shift('gone', '2026-12-02')])
    expect(rows.map(r => [r.id, r.bars.length])).toEqual([
      ['ana', 1],
      ['bo', 0],
      ['gone', 1],
    ])
  })

  it('draws no shift that leave has freed', () => {
    expect(rowsOf([agent('ana')], [shift('ana', '2026-12-02', { state: 'freed' })])[0].bars).toEqual([])
  })
})

it('sorts by the first start on the clock, those without a shift last', () => {
  const late = shift('bo', '2026-12-01', { start: '2026-12-01T14:00:00Z', end: '2026-12-01T22:00:00Z' })
  const rows = rowsOf([agent('cy'), agent('bo'), agent('ana')], [late, one])
  expect(sorted(rows, 'start', dublin).map(r => r.id)).toEqual(['ana', 'bo', 'cy'])
  expect(sorted(rows, 'name', dublin).map(r => r.id)).toEqual(['ana', 'bo', 'cy'])
})

describe('coverage', () => {
  const live = coverage('live', [2, 2, 2, 2], [1, 1, 0, 0])

  it('adds groups up, and leaves deferrable ones out', () => {
    const sum = coverageSum([live, coverage('mail', [0, 0, 0, 0], [0, 0, 0.5, 1])])
    expect(sum?.required).toEqual(Float64Array.from([2, 2, 2, 2]))
    expect(sum?.scheduled).toEqual(Float64Array.from([1, 1, 0, 0]))
  })

  it('follows a shift an hour later, weighted by skill as the server counts it', () => {
    const sum = coverageSum([live])!
    const there = coverageWith(sum, move(), new Set(['live']), proficiencyOf([agent('ana', ['live', 1.4])]))
    expect(Array.from(there.scheduled)).toEqual([0, 1, 1, 0]) // a speed above 1 counts as 1
  })

  it('follows a shift to somebody who is half as fast', () => {
    const sum = coverageSum([live])!
    const there = coverageWith(
      sum,
      move({ row: 'bo', start: Date.parse(one.start) + HOUR / 2 }),
      new Set(['live']),
      proficiencyOf([agent('ana', ['live', 1]), agent('bo', ['live', 0.5])]),
    )
    expect(Array.from(there.scheduled)).toEqual([0.25, 0.5, 0.25, 0])
  })

  it('takes from an edit the intervals that it changed', () => {
    const [after] = patched(
      [live],
      [{ group: 'live', start: '2026-12-02T07:00:00Z', intervalMinutes: 60, required: [2], before: [1], after: [9] }],
    )
    expect(after.scheduled).toEqual([1, 9, 0, 0])
  })
})

describe('operationsOf', () => {
  it('moves within the day', () => {
    expect(operationsOf(move(), one, dublin)).toEqual([
      { kind: 'move', agent: 'ana', date: '2026-12-02', start: '2026-12-02T07:00:00Z' },
    ])
  })

  it('takes away and gives when the person changes, with all its parts', () => {
    const [remove, assign] = operationsOf(move({ row: 'bo' }), one, dublin)
    expect(remove).toEqual({ kind: 'remove', agent: 'ana', date: '2026-12-02' })
    expect(assign).toMatchObject({
      kind: 'assign',
      agent: 'bo',
      date: '2026-12-02',
      shift: { template: 'early', paidMinutes: 210 },
    })
    expect(assign.shift?.activities?.[1]).toMatchObject({
      kind: 'break',
      start: '2026-12-02T09:00:00Z',
      end: '2026-12-02T09:30:00Z',
    })
  })

  it('does the same when the day of the hub changes', () => {
    const kinds = operationsOf(move({ start: Date.parse('2026-12-01T23:30:00Z') }), one, dublin).map(o => `${o.kind} ${o.date}`)
    expect(kinds).toEqual(['remove 2026-12-02', 'assign 2026-12-01'])
  })
})
