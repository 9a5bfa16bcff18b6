import { describe, expect, it } from 'vitest'
import {
  at,
  countDoing,
  differs,
  doing,
  type Group,
  gaps,
  lateAvoided,
  mostHelped,
  type Person,
  type QueueToday,
  type Recommendation,
  ranked,
  risk,
  starts,
  toPoints,
  worstGap,
} from './model'

const queue = (name: string, met: number | null, clock?: number, isLegal = false): QueueToday => ({
  queue: name,
  group: 'g',
  kind: 'deferrable',
  isOpen: true,
  notes: [],
  service: {
    isStale: false,
    projected:
      met === null
        ? null
        : {
            probabilityGoalMet: met,
            probabilityLow: 0,
            probabilityHigh: 1,
            late: 0,
            abandoned: 0,
            left: 0,
            replications: 40,
            stop: 'narrow',
          },
  },
  clock: clock === undefined ? null : { probability: clock, earliest: '', median: '', isLegal },
})

describe('risk', () => {
  it('is the likelier of a missed goal and a passed deadline', () => {
    expect(risk(queue('a', 0.75, 0.5))).toBe(0.5)
    expect(risk(queue('a', 0.25, 0.5))).toBe(0.75)
    expect(risk(queue('a', null, 0.5))).toBe(0.5)
    expect(risk(queue('a', null))).toBeNull()
  })

  it('orders queues, legal clocks first among equals, the unknown last', () => {
    const order = ranked([
      queue('calm', 0.9),
      queue('unknown', null),
      queue('law', 0.5, 0.5, true),
      queue('bad', 0.1),
      queue('half', 0.5),
    ])
    expect(order.map(q => q.queue)).toEqual(['bad', 'law', 'half', 'calm', 'unknown'])
  })
})

describe('points', () => {
  const row = (name: string, start: string, offered: number) => ({
    queue: name,
    hub: 'dub',
    intervalStart: start,
    intervalMinutes: 30,
    intervals: 1,
    offered,
  })

  it('are sorted by time in each queue', () => {
    const points = toPoints([
      row('a', '2026-11-02T10:30:00Z', 2),
      row('b', '2026-11-02T10:00:00Z', 9),
      row('a', '2026-11-02T10:00:00Z', 1),
    ])
    expect(points.get('a')?.map(p => p.y)).toEqual([1, 2])
    expect(points.get('b')).toHaveLength(1)
  })

  it('hold until their interval ends', () => {
    const points = [{ t: 0 }, { t: 10 }]
    expect(at(points, 9, 10)).toBe(points[0])
    expect(at(points, 19, 10)).toBe(points[1])
    expect(at(points, 20, 10)).toBeUndefined()
    expect(at(points, -1, 10)).toBeUndefined()
  })

  it('have a start for every interval of a day of 23 hours', () => expect(starts(0, 23 * 60, 30)).toHaveLength(46))
})

const person = (more: Partial<Person>): Person => ({ agent: 'a', isAbsent: false, ...more })
const segment = (kind: string) => ({ kind, start: '', end: '' })

describe('people', () => {
  it('are absent before they are anything else', () => {
    expect(doing(person({ isAbsent: true, now: segment('work') }))).toBe('absent')
    expect(doing(person({ now: segment('overtime') }))).toBe('working')
    expect(doing(person({ now: segment('meal') }))).toBe('break')
    expect(doing(person({ now: segment('training') }))).toBe('other')
    expect(doing(person({ next: segment('work') }))).toBe('next')
    expect(doing(person({}))).toBe('off')
  })

  it('are counted once each', () => {
    const people = [person({ now: segment('work') }), person({ now: segment('work') }), person({})]
    expect(countDoing(people)).toEqual({ working: 2, break: 0, other: 0, absent: 0, next: 0, off: 1 })
  })

  it('differ from their plan only by a state that says something', () => {
    const told = (activity: string | null) => ({ state: 'x', activity, since: '', asOf: '' })
    expect(differs(person({ now: segment('work'), state: told('break') }))).toBe(true)
    expect(differs(person({ now: segment('work'), state: told('work') }))).toBe(false)
    expect(differs(person({ now: segment('work'), state: told(null) }))).toBe(false)
    expect(differs(person({ now: segment('work') }))).toBe(false)
  })
})

const group = (name: string, ...lack: number[]): Group => ({
  group: name,
  items: lack.map((gap, i) => ({
    start: new Date(i * 1_800_000).toISOString(),
    required: 0,
    requiredPresent: 0,
    scheduled: 0,
    present: 0,
    gap,
    presentGap: gap,
  })),
})

describe('gaps', () => {
  it('join where they touch, and count head-hours', () => {
    // two half-hours of 2 and 4 heads: 1 + 2 head-hours; then one of 1 head: half an hour
    expect(gaps(group('g', 2, 4, -1, 0.4, 1), 30)).toEqual([
      { group: 'g', from: 0, to: 3_600_000, hours: 3, heads: 4 },
      { group: 'g', from: 7_200_000, to: 9_000_000, hours: 0.5, heads: 1 },
    ])
  })

  it('have a worst over all groups, or none', () => {
    expect(worstGap([group('few', 1), group('many', 3)], 30)?.group).toBe('many')
    expect(worstGap([group('spare', -3)], 30)).toBeNull()
  })
})

describe('an action', () => {
  const outcome = (name: string, met: number, late: number) => ({
    queue: name,
    probabilityGoalMet: met,
    late,
    abandoned: 0,
    clockProbability: 0,
  })
  const nothing = [outcome('a', 0.4, 10), outcome('b', 0.9, 2)]
  const action = (outcomes: Recommendation['outcome']) => ({ outcome: outcomes }) as Recommendation

  it('avoids what is late without it', () => {
    expect(lateAvoided(action([outcome('a', 0.6, 4), outcome('b', 0.9, 3)]), nothing)).toBe(5) // 12 − 7
    expect(lateAvoided(action(null), nothing)).toBeNull()
  })

  it('names the queue that it helps most', () => {
    expect(mostHelped(action([outcome('a', 0.6, 4), outcome('b', 0.95, 3)]), nothing)).toEqual({ queue: 'a', from: 0.4, to: 0.6 })
    expect(mostHelped(action([outcome('a', 0.4, 4)]), nothing)).toBeNull()
  })
})
