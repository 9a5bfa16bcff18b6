import { describe, expect, it } from 'vitest'
import { Format } from './format'
import { Zone } from './zone'

const en = new Format('en-GB')
const dublin = Zone.of('Europe/Dublin')

describe('Format', () => {
  it.each([
    [1234.5, '1,235'],
    [99.44, '99.4'],
    [0.12345, '0.123'],
    [-7.5, '−7.5'],
    [-0, '0'],
  ])('shows %d in a picture as %s', (value, text) => expect(en.figure(value)).toBe(text))

  it('groups digits as the locale does', () => expect(new Format('pt-BR').full(1234.5)).toBe('1.234,5'))

  it('shows a sign, but none on nothing', () => expect([2, 0, -2].map(v => en.signed(v))).toEqual(['+2', '0', '−2']))

  it.each([
    [900, '< 1 s'],
    [59_900, '59 s'],
    [125_000, '2 min 05 s'],
    [3 * 3_600_000 + 300_000, '3 h 05 min'],
    [50 * 3_600_000, '2 d 2 h'],
  ])('shows %d ms as %s', (ms, text) => expect(en.duration(ms)).toBe(text))

  it('marks an end on the next day', () => {
    const start = dublin.startOf('2026-10-24') + 22 * 3_600_000
    expect(en.range(start, start + 8 * 3_600_000, dublin)).toBe('22:00–05:00 +1') // the night of the clock change is an hour longer
    expect(en.range(start - 8 * 3_600_000, start, dublin)).toBe('14:00–22:00')
  })

  it('says the zone with the moment', () => {
    expect(en.momentInZone(Date.UTC(2026, 10, 2, 6), dublin)).toBe('Mon 2 Nov 06:00 (Dublin, UTC+0)')
  })
})

it('says of a chance that it is not certain', () => {
  const format = new Format('en-GB')
  expect([0, 0.004, 0.375, 0.996, 1].map(p => format.chance(p))).toEqual(['0%', '<1%', '38%', '>99%', '100%'])
})
