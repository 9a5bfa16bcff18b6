/** Maps values to pixels along a straight line. */
export interface Scale {
  (value: number): number
  /** Round values within the domain, for grid lines. */
  ticks: readonly number[]
  /** The domain, widened to round values where asked for. */
  domain: readonly [number, number]
}

/** A step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts. */
export function niceStep(span: number, most: number): number {
  if (!(span > 0)) return 1
  const raw = span / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(raw))
  return power * ([1, 2, 5, 10].find(m => m * power >= raw * (1 - 1e-9)) ?? 10)
}

/** A scale whose domain ends at round values: `low` and `high` go to the pixels `from` and `to`. */
export function linear(low: number, high: number, from: number, to: number, parts = 4): Scale {
  const step = niceStep(high - low, parts)
  const a = Math.floor(low / step + 1e-9) * step
  const b = Math.max(a + step, Math.ceil(high / step - 1e-9) * step)
  const scale = ((value: number) => from + ((value - a) / (b - a)) * (to - from)) as Scale
  scale.ticks = Array.from({ length: Math.round((b - a) / step) + 1 }, (_, i) => Number((a + i * step).toPrecision(12)))
  scale.domain = [a, b]
  return scale
}

/** The `d` of a line through the points; what is null or NaN leaves a gap. */
export function line<T>(points: readonly T[], x: (p: T) => number, y: (p: T) => number | null): string {
  let d = ''
  let drawing = false
  for (const p of points) {
    const v = y(p)
    if (v === null || Number.isNaN(v)) {
      drawing = false
      continue
    }
    d += `${drawing ? 'L' : 'M'}${x(p).toFixed(1)} ${v.toFixed(1)}`
    drawing = true
  }
  return d
}

/** The `d` of the area between two curves over the same points. */
export function area<T>(points: readonly T[], x: (p: T) => number, low: (p: T) => number, high: (p: T) => number): string {
  if (points.length === 0) return ''
  const up = points.map(p => `${x(p).toFixed(1)} ${high(p).toFixed(1)}`)
  const back = points.toReversed().map(p => `${x(p).toFixed(1)} ${low(p).toFixed(1)}`)
  return `M${up.join('L')}L${back.join('L')}Z`
}
