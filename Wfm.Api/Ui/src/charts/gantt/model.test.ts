import { expect, it } from 'vitest'
import { type Bar, barAt, moved, neighbour, type Row } from './model'

const bar = (row: string, start: number): Bar => ({
  id: `${row}${start}`,
  row,
  start,
  end: start + 8,
  group: 'live',
  parts: [{ kind: 'work', start, end: start + 8, group: 'live' }],
})
const row = (id: string, ...starts: number[]): Row => ({ id, name: id, note: '', bars: starts.map(s => bar(id, s)) })
const rows = [row('a', 0, 24, 48), row('b'), row('c', 6, 30)]

it('moves a bar with all its parts', () => {
  const there = moved({ bar: bar('a', 24), row: 'c', start: 26 })
  expect([there.row, there.start, there.end, there.parts[0].start, there.parts[0].end]).toEqual(['c', 26, 34, 26, 34])
})

it.each([
  ['ArrowRight', 'a48'],
  ['ArrowLeft', 'a0'],
  ['ArrowDown', 'c30'], // the nearest of the next row that has any
  ['ArrowUp', 'a24'], // there is none above
] as const)('goes by %s to %s', (key, expected) => expect(neighbour(rows, bar('a', 24), key).id).toBe(expected))

it('finds the bar under an instant, its end left out', () => {
  expect(barAt(rows[0].bars, 31)?.id).toBe('a24')
  expect(barAt(rows[0].bars, 32)).toBeUndefined()
})
