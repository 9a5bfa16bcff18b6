import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast, distance, luminance, SIGHTS } from './colour'
import { GROUPS, groupColour, readPalette, type Theme } from './palette'

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8')
const series = (name: string, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${name}-${from + i}`)

it('measures contrast as WCAG does', () => {
  expect(luminance('#ffffff')).toBeCloseTo(1, 9)
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 9)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2) // the well-known grey that just fails
})

describe.each(['light', 'dark'] as Theme[])('the %s palette', theme => {
  const palette = readPalette(css, theme)

  it.each([
    ['text', 'surface', 4.5],
    ['text', 'canvas', 4.5],
    ['muted', 'surface', 4.5],
    ['muted', 'canvas', 4.5],
    ['accent', 'surface', 4.5],
    ['accent', 'accent-soft', 4.5],
    ['muted', 'accent-soft', 4.5],
    ['on-accent', 'accent', 4.5],
    ...['under', 'over', 'ok', 'warn', 'bad'].map(name => [name, 'surface', 4.5] as const),
    ['edge', 'surface', 3],
    ['history', 'surface', 3],
    ['median', 'band-50', 3],
    ...series('group', 1, GROUPS).map(name => [name, 'surface', 3] as const),
    ...series('group', 1, GROUPS).map(name => [`${name}-ink`, name, 4.5] as const),
  ] as const)('shows %s on %s at %d to 1', (front, back, least) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(least)
  })

  it.each(SIGHTS)('keeps groups apart in %s sight', sight => {
    const groups = series('group', 1, GROUPS).map(name => palette[name])
    const pairs = groups.flatMap((a, i) => groups.slice(0, i).map(b => distance(a, b, sight)))
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(0.14)
  })

  it.each(SIGHTS)('keeps neighbours on the heat scale apart in %s sight', sight => {
    const heat = series('heat', 1, 7).map(name => palette[name])
    expect(Math.min(...heat.slice(1).map((c, i) => distance(c, heat[i], sight)))).toBeGreaterThanOrEqual(0.1)
  })

  it.each(SIGHTS)('keeps missing and spare, and severities, apart in %s sight', sight => {
    expect(distance(palette.under, palette.over, sight)).toBeGreaterThanOrEqual(0.1)
    const severities = series('severity', 0, 3).map(name => palette[name])
    expect(Math.min(...severities.slice(1).map((c, i) => distance(c, severities[i], sight)))).toBeGreaterThanOrEqual(0.1)
  })

  it('repeats a hue with a hatch for the seventh group', () => {
    expect(groupColour(palette, 6)).toEqual({ ...groupColour(palette, 0), hatched: true })
  })
})
