import { useState } from 'react'
import { linear } from '../../charts/scale'
import { useWidth } from '../../charts/useWidth'
import { useFormat, useWords } from '../../ui/preferences'
import { type LimitUse, stack } from './model'
import { words } from './words'

const [DOT, AXIS, ROOM, TALLEST] = [9, 34, 40, 170]

/** The highest dot of each column. */
const tops = (dots: ReturnType<typeof stack>) =>
  dots.filter(d => !dots.some(o => o.level > d.level && Math.floor(o.x / DOT) === Math.floor(d.x / DOT)))

/** A dot a person where they used most of a limit, against its line. */
export function Dots({ use }: { use: LimitUse }) {
  const w = useWords(words)
  const format = useFormat()
  const [frame, width] = useWidth<HTMLElement>()
  const [over, setOver] = useState<number | null>(null)
  const x = linear(0, Math.max(use.limit * 1.05, ...use.people.map(p => p.used)), 8, Math.max(40, width - 8), 6)
  const dots = stack(
    use.people.map(p => p.used),
    x,
    DOT,
  )
  const levels = Math.max(1, ...dots.map(d => d.level + 1))
  const rise = Math.min(DOT, TALLEST / levels) // of many the dots overlap, and height still counts them
  const base = ROOM + levels * rise + 8
  const unit = w.units[use.unit] ?? use.unit
  const person = over === null ? null : use.people[over]
  return (
    <figure ref={frame} style={{ margin: 0 }}>
      <p className="small muted wellbeing-say" aria-hidden="true">
        {person ? w.uses(person.agent, format.figure(person.used), unit, person.tightest) : w.dotsNote}
      </p>
      {width > 0 && (
        <svg
          width={width}
          height={base + AXIS}
          role="img"
          aria-label={w.dots(use.text, String(use.people.length))}
          onPointerLeave={() => setOver(null)}
        >
          {x.ticks.map(v => (
            <g key={v}>
              <line x1={x(v)} x2={x(v)} y1={ROOM} y2={base} stroke="var(--grid)" />
              <text x={x(v)} y={base + 15} textAnchor="middle" className="mark-text muted-fill">
                {x(v) > 20 && x(v) < width - 20 ? format.figure(v) : ''}
              </text>
            </g>
          ))}
          <line x1={0} x2={width} y1={base} y2={base} stroke="var(--line)" />
          <text x={8} y={base + 31} className="mark-text muted-fill">
            {w.axis(unit)}
          </text>
          <line x1={x(use.limit)} x2={x(use.limit)} y1={ROOM - 22} y2={base} stroke="var(--bad)" strokeWidth={2} />
          <text
            x={x(use.limit) - 5}
            y={ROOM - 26}
            textAnchor="end"
            className="mark-text"
            style={{ fill: 'var(--bad)', fontWeight: 600 }}
          >
            {w.limitAt(format.figure(use.limit), unit)}
          </text>
          {tops(dots)
            .filter(d => d.level >= 9)
            .map(d => (
              <text
                key={d.index}
                x={d.x + (d.x < 40 ? 7 : -7)}
                y={base - d.level * rise}
                textAnchor={d.x < 40 ? 'start' : 'end'}
                className="mark-text"
              >
                {d.level + 1}
              </text>
            ))}
          {dots.map(d => {
            const p = use.people[d.index]
            const fill = p.left < -0.5 ? 'var(--bad)' : p.left < use.limit / 10 ? 'var(--warn)' : 'var(--median)'
            const [cx, cy] = [d.x, base - 5 - d.level * rise]
            return p.left < -0.5 ? (
              <path key={p.agent} d={`M${cx} ${cy - 4.5}l4.5 8h-9z`} fill={fill} onPointerEnter={() => setOver(d.index)} />
            ) : (
              <circle
                key={p.agent}
                cx={cx}
                cy={cy}
                r={over === d.index ? 5 : 3.8}
                fill={fill}
                onPointerEnter={() => setOver(d.index)}
              />
            )
          })}
        </svg>
      )}
    </figure>
  )
}
