import { describe, expect, it } from 'vitest'
import { above, byLimit, type Headroom, near, type PersonExposure, stack } from './model'

const limit = (text: string, most: number, planned: number, tightestHeadroom: number, actual?: number): Headroom => ({
  rule: 'maximumExposure',
  text,
  source: 'policy',
  unit: 'minutes',
  limit: most,
  planned,
  plannedHeadroom: most - planned,
  actual: actual ?? null,
  actualHeadroom: actual === undefined ? null : most - actual,
  tightest: '2026-11-02',
  tightestHeadroom,
})

const person = (agent: string, ...limits: Headroom[]): PersonExposure => ({ agent, limits }) as unknown as PersonExposure

describe('byLimit', () => {
  const uses = byLimit([
    person('a', limit('day', 240, 60, 100), limit('week', 1200, 300, 60)),
    person('b', limit('day', 240, 0, 240), limit('week', 1200, 0, -100)),
  ])

  it('takes the tightest day for what is used', () => {
    // 240 − 100 left = 140 used on the tightest day; nothing used at all
    expect(uses[1].people.map(p => p.used)).toEqual([140, 0])
  })

  it('puts the limit first that somebody exceeds', () => expect(uses.map(u => u.text)).toEqual(['week', 'day']))

  it('tells who is above and who is near', () => {
    expect(above(uses[0]).map(p => p.agent)).toEqual(['b'])
    expect(near(uses[0]).map(p => p.agent)).toEqual(['a']) // 60 left of 1200
    expect(near(uses[1])).toEqual([])
  })

  it('counts what was worked where it is more than planned', () =>
    expect(byLimit([person('a', limit('day', 240, 60, 100, 200))])[0].people[0].used).toBe(200))
})

it('stacks dots that share a column', () => {
  const dots = stack([0, 100, 1, 50], v => v, 10)
  expect(dots).toEqual([
    { index: 0, x: 0, level: 0 },
    { index: 2, x: 1, level: 1 },
    { index: 3, x: 50, level: 0 },
    { index: 1, x: 100, level: 0 },
  ])
})
