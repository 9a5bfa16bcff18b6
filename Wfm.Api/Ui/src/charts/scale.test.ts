import { describe, expect, it } from 'vitest'
import { area, line, linear, niceStep } from './scale'

describe('niceStep', () => {
  it('divides a span into at most so many round parts', () => {
    expect(niceStep(137, 4)).toBe(50) // 34.25 a part, the next of 1, 2, 5
    expect(niceStep(0.8, 4)).toBeCloseTo(0.2, 12)
    expect(niceStep(100, 5)).toBe(20)
  })

  it('is one where there is no span', () => expect(niceStep(0, 4)).toBe(1))
})

describe('linear', () => {
  it('begins and ends at round values', () => {
    const y = linear(0, 137, 100, 0)
    expect(y.domain).toEqual([0, 150])
    expect(y.ticks).toEqual([0, 50, 100, 150])
    expect(y(75)).toBe(50)
  })

  it('holds what is below zero', () => expect(linear(-12, 7, 0, 100).domain).toEqual([-15, 10]))

  it('has a span even where all is zero', () => expect(linear(0, 0, 0, 10).domain).toEqual([0, 1]))
})

describe('line and area', () => {
  const id = (n: number) => n

  it('leaves a gap where a value is missing', () =>
    expect(line([0, 1, 2, 3], id, n => (n === 1 ? null : n))).toBe('M0.0 0.0M2.0 2.0L3.0 3.0'))

  it('goes forth along the top and back along the bottom', () =>
    expect(
      area(
        [0, 1],
        id,
        () => 9,
        () => 5,
      ),
    ).toBe('M0.0 5.0L1.0 5.0L1.0 9.0L0.0 9.0Z'))
})
