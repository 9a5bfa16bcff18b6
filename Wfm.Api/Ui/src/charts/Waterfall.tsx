import { linear } from './scale'
import { useWidth } from './useWidth'

export interface Part {
  name: string
  /** What it adds, or takes away where below zero; a sum stands on zero. */
  value: number
  isSum?: boolean
  /** How it comes about, on hover. */
  formula?: string
}

interface WaterfallProps {
  label: string
  parts: readonly Part[]
  format(value: number): string
}

const [ROW, GAP] = [26, 130]

/** Where each part begins and ends: parts follow one another, a sum goes from zero. */
export function spans(parts: readonly Part[]): { from: number; to: number }[] {
  let at = 0
  return parts.map(p => {
    if (p.isSum) return { from: 0, to: p.value }
    const from = at
    at += p.value
    return { from, to: at }
  })
}

/** How a number comes about, part by part; the bars reach from one to the next, so that they add up in sight. */
export function Waterfall({ label, parts, format }: WaterfallProps) {
  const [frame, width] = useWidth<HTMLElement>()
  const laid = spans(parts)
  const ends = laid.flatMap(s => [s.from, s.to])
  const x = linear(Math.min(0, ...ends), Math.max(0, ...ends), GAP, Math.max(GAP + 60, width - 52))
  return (
    <figure ref={frame} style={{ margin: 0, minWidth: 0 }}>
      {width > 0 && (
        <svg
          width={width}
          height={parts.length * ROW + 4}
          role="img"
          aria-label={`${label}: ${parts.map(p => `${p.name} ${format(p.value)}`).join(', ')}`}
        >
          <line x1={x(0)} x2={x(0)} y1={0} y2={parts.length * ROW} stroke="var(--line)" />
          {parts.map((part, i) => {
            const [a, b] = [x(laid[i].from), x(laid[i].to)]
            const fill = part.isSum ? 'var(--accent)' : part.value < 0 ? 'var(--over)' : 'var(--history)'
            return (
              <g key={part.name}>
                {part.formula && <title>{part.formula}</title>}
                <text x={0} y={i * ROW + 17} className="mark-text" style={{ fontWeight: part.isSum ? 600 : 400 }}>
                  {part.name}
                </text>
                <rect x={Math.min(a, b)} y={i * ROW + 5} width={Math.max(1, Math.abs(b - a))} height={ROW - 10} fill={fill} />
                {i + 1 < parts.length && (
                  <line x1={b} x2={b} y1={i * ROW + 5} y2={(i + 1) * ROW + ROW - 5} stroke="var(--edge)" strokeDasharray="2 2" />
                )}
                <text x={Math.max(a, b) + 5} y={i * ROW + 17} className="mark-text">
                  {part.isSum || part.value <= 0 ? format(part.value) : `+${format(part.value)}`}
                </text>
              </g>
            )
          })}
        </svg>
      )}
    </figure>
  )
}
