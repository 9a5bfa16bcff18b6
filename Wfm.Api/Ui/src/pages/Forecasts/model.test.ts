import { describe, expect, it } from 'vitest'
import { effectOf, parseNumber, parseVolumes, whole } from './model'

const CSV = `interval_start,queue,hub,offered,handled,handle_time_seconds,abandoned,backlog
2026-11-16T00:00:00Z,reports-de,dub,11447,11341,1877552,0,106
2026-11-23T00:00:00Z,reports-de,dub,11968,,,,
2026-11-30T00:00:00Z,reports-de,dub,1988,1943,314503,0,141
`

describe('parseVolumes', () => {
  it('reads starts and contacts, whatever else is missing', () => {
    const series = parseVolumes(CSV, 10_080)
    expect([...series.y]).toEqual([11447, 11968, 1988])
    expect(series.t[1]).toBe(Date.parse('2026-11-23T00:00:00Z'))
  })

  it('is empty for a head alone', () => expect(parseVolumes('interval_start,queue,hub,offered\n', 30).t).toHaveLength(0))
})

it('leaves out the week that is not over', () => {
  expect([...whole(parseVolumes(CSV, 10_080), Date.parse('2026-12-01T00:00:00Z')).y]).toEqual([11447, 11968])
})

describe('effectOf', () => {
  const interval = (hour: number, mean: number, closed = false) => ({
    start: `2026-12-02T${String(hour).padStart(2, '0')}:00:00Z`,
    baseMean: mean,
    mean,
    quantiles: [],
    ahtSeconds: 180,
    closed,
  })
  const intervals = [interval(8, 100), interval(9, 20), interval(10, 50, true), interval(11, 40)]
  const morning = { from: Date.parse('2026-12-02T08:00:00Z'), to: Date.parse('2026-12-02T11:00:00Z') }

  it('multiplies what is open in the time asked for', () => {
    expect(effectOf(intervals, morning, { factor: 1.5 })).toEqual({ contacts: 60, hours: 3 }) // (50 + 10) × 180 s
  })

  it('takes no more away than there is', () => expect(effectOf(intervals, morning, { added: -30 }).contacts).toBe(-50))
})

it.each([
  ['1.2', 1.2],
  ['0,8', 0.8],
  ['−5', -5],
  ['', null],
  ['1.2.3', null],
])('reads the number %s', (text, value) => expect(parseNumber(text)).toBe(value))
