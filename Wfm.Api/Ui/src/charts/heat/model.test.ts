import { describe, expect, it } from 'vitest'
import { boundsOf, moved, stepOf } from './model'

describe('stepOf', () => {
  it('is the middle below half a head', () => expect([-0.49, 0, 0.49].map(d => stepOf(d, 9))).toEqual([4, 4, 4]))

  it('goes by thirds of the largest difference, with its sign', () =>
    // 9 heads: thirds at 3 and 6
    expect([-9, -6, -3, -0.5, 0.5, 3, 6, 6.1].map(d => stepOf(d, 9))).toEqual([1, 2, 3, 3, 5, 5, 6, 7]))
})

describe('boundsOf', () => {
  it('covers the whole range without a hole', () => {
    const bounds = boundsOf(9)
    expect(bounds.map(b => b.step)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(bounds.map(b => b.from)).toEqual([-9, -6, -3, -0.5, 0.5, 3, 6])
    expect(bounds.slice(1).every((b, i) => b.from === bounds[i].to)).toBe(true)
  })

  it('agrees with stepOf in the middle of each', () =>
    expect(boundsOf(9).every(b => stepOf((b.from + b.to) / 2, 9) === b.step)).toBe(true))
})

describe('moved', () => {
  const at = { row: 3, column: 5 }

  it('stays inside', () => {
    expect(moved(at, 'ArrowLeft', 7, 48)).toEqual({ row: 3, column: 4 })
    expect(moved({ row: 6, column: 47 }, 'ArrowRight', 7, 48)).toEqual({ row: 6, column: 47 })
    expect(moved(at, 'PageUp', 7, 48)).toEqual({ row: 0, column: 5 })
    expect(moved(at, 'End', 7, 48)).toEqual({ row: 3, column: 47 })
  })

  it('knows no other keys', () => expect(moved(at, 'a', 7, 48)).toBeNull())
})
