import { expect, it } from 'vitest'
import { spans } from './Waterfall'

it('lays parts end to end, and sums from zero to where the parts arrived', () => {
  // 4 − 0.5 + 1.5 = 5
  const laid = spans([
    { name: 'work', value: 4 },
    { name: 'deferral', value: -0.5 },
    { name: 'shrinkage', value: 1.5 },
    { name: 'heads', value: 5, isSum: true },
  ])
  expect(laid).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 3.5 },
    { from: 3.5, to: 5 },
    { from: 0, to: 5 },
  ])
})
