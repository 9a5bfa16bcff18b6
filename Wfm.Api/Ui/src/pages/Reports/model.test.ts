import { describe, expect, it } from 'vitest'
import { type HubDay, league, over, type QueueAccuracy, skill, spreads } from './model'

const queue = (name: string, wape: number | null, naive: number | null): QueueAccuracy =>
  ({ name, published: { observations: 1, wape }, seasonalNaive: { observations: 1, wape: naive } }) as QueueAccuracy

describe('skill', () => {
  it('is the share of the error of copying that is gone', () => {
    expect(skill(queue('a', 0.2, 0.4))).toBe(0.5)
    expect(skill(queue('a', 0.5, 0.4))).toBeCloseTo(-0.25, 12)
    expect(skill(queue('a', null, 0.4))).toBeNull()
    expect(skill(queue('a', 0.2, 0))).toBeNull()
  })

  it('orders queues, those without a figure last', () =>
    expect(league([queue('none', null, 1), queue('worse', 0.5, 0.4), queue('best', 0.1, 0.4)]).map(q => q.name)).toEqual([
      'best',
      'worse',
      'none',
    ]))
})

describe('over', () => {
  const day = (numerator: number, denominator: number): HubDay =>
    ({
      figures: { adherence: { value: 0, numeratorSeconds: numerator, denominatorSeconds: denominator, formula: 'f' } },
    }) as unknown as HubDay

  it('adds seconds, not percentages', () =>
    // (90 + 10) ÷ (100 + 20), not the mean of 0.9 and 0.5
    expect(over([day(90, 100), day(10, 20)], 'adherence')?.value).toBeCloseTo(100 / 120, 12))

  it('is nothing without a day that has figures', () => {
    expect(over([{ date: '2026-11-02', people: 3, figures: null } as HubDay], 'adherence')).toBeNull()
    expect(over([day(0, 0)], 'adherence')).toBeNull()
  })
})

it('lists burdens that somebody carried, the widest spread first', () => {
  const spread = (most: number, deviation: number) => ({ people: 5, mean: 1, deviation, least: 0, most, gini: 0.5 })
  const before = {
    nights: spread(5, 1.5),
    weekends: spread(1, 0.4),
    holidays: spread(0, 0),
    lateChanges: spread(0, 0),
    refusedWishes: spread(2, 0.8),
    requestsAsked: spread(4, 2),
    requestsRefused: spread(0, 0),
  }
  expect(spreads([{ group: 'g', people: 5, before, after: null }]).map(r => r.burden)).toEqual([
    'nights',
    'refusedWishes',
    'weekends',
  ])
})
