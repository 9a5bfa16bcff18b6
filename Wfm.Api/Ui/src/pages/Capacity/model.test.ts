import { describe, expect, it } from 'vitest'
import { below, copyOf, type Plan, type Week, whatIfOf, worstOf } from './model'

const week = (date: string, gap: number, gapProbability: number): Week => ({ week: date, gap, gapProbability }) as Week
const weeks = [week('2026-12-07', -3, 0), week('2026-12-14', 2, 0.2), week('2026-12-21', 4, 0.7)]

it('finds the weeks whose gap is likelier than the plan allows', () =>
  // at 0.8 a gap may be there in one week of five
  expect(below(weeks, 0.8).map(w => w.week)).toEqual(['2026-12-21']))

it('finds the worst week, or none where nobody is missing', () => {
  expect(worstOf(weeks)?.week).toBe('2026-12-21')
  expect(worstOf([week('2026-12-07', -1, 0)])).toBeNull()
  expect(worstOf([])).toBeNull()
})

describe('a copy', () => {
  const plan = {
    name: 'As we are',
    assumptions: {
      attrition: { yearlyRate: 0.25, weeklyHazard: null },
      trainingWeeks: 6,
      cohorts: [{ kind: 'starting', name: 'there', heads: 100, startWeek: 0, tenureWeeks: 104, exposureFactor: 1 }],
      level: 0.8,
    },
  } as Plan

  it('keeps what was not changed', () => {
    const request = copyOf(plan, { ...whatIfOf(plan), name: ' Same ' }, 'class')
    expect(request.name).toBe('Same')
    expect(request.assumptions).toEqual(plan.assumptions)
    expect(request.requirementFactor).toBe(1)
  })

  it('has a class more and another attrition where asked for', () => {
    const request = copyOf(plan, { ...whatIfOf(plan), name: 'B', attrition: 0.1, classHeads: 8, classWeek: 12 }, 'class')
    expect(request.assumptions?.attrition).toEqual({ yearlyRate: 0.1 })
    expect(request.assumptions?.cohorts?.map(c => [c.name, c.heads, c.startWeek])).toEqual([
      ['there', 100, 0],
      ['class', 8, 12],
    ])
    expect(plan.assumptions.cohorts).toHaveLength(1)
  })
})
