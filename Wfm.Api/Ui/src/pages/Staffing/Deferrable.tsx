import type { Schemas } from '../../api/client'
import { area, line, linear } from '../../charts/scale'
import { useWidth } from '../../charts/useWidth'
import { DAY, MINUTE } from '../../time/zone'
import { Chip } from '../../ui/controls'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { aheadOf, type Coverage } from './model'
import { words } from './words'

const LATE = 0.05 // hours; less is rounding
const [LEFT, HEIGHT, BOTTOM] = [52, 180, 20]

/** Work that can wait: how many hours are done ahead of their deadline. Below zero something is late; more than has arrived cannot be done. */
export function Deferrable({ group }: { group: Coverage }) {
  const w = useWords(words)
  return (
    <section className="stack" aria-label={w.deferrable}>
      <h2>
        {w.deferrable} <span className="small muted">{w.deferrableNote}</span>
      </h2>
      <div className="staffing-curves">
        {group.deferrable.map(queue => (
          <Curves key={queue.queue} queue={queue} start={Date.parse(group.start)} length={group.intervalMinutes * MINUTE} />
        ))}
      </div>
    </section>
  )
}

function Curves({ queue, start, length }: { queue: Schemas['DeferrableResponse']; start: number; length: number }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const [frame, width] = useWidth<HTMLDivElement>()
  const points = aheadOf(queue).map((p, i) => ({ ...p, t: start + (i + 1) * length }))
  const end = start + points.length * length
  const most = Math.max(1, ...points.map(p => p.possible))
  const y = linear(Math.min(0, ...points.map(p => p.done)), most, HEIGHT - BOTTOM, 6)
  const x = (t: number) => LEFT + ((t - start) / (end - start)) * Math.max(0, width - LEFT - 8)
  const at = (p: { t: number }) => x(p.t)
  const days = zone.days(start, end).filter(d => d >= start)
  const every = Math.ceil((70 * days.length) / Math.max(1, width - LEFT))
  const late = queue.firstLate ? Date.parse(queue.firstLate) : null
  return (
    <div className="card padded stack" ref={frame}>
      <div className="row">
        <b className="grow">{queue.queue}</b>
        {queue.lateHours >= LATE ? (
          <Chip tone="bad">{w.late(format.hours(queue.lateHours), late ? format.moment(late, zone) : '')}</Chip>
        ) : (
          <Chip tone="ok">{w.nothingLate}</Chip>
        )}
      </div>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={`${queue.queue}: ${w.curves}`}>
          {y.ticks.map(v => (
            <g key={v}>
              <line x1={LEFT} x2={width} y1={y(v)} y2={y(v)} stroke="var(--grid)" />
              <text x={LEFT - 6} y={y(v) + 4} textAnchor="end" className="mark-text muted-fill">
                {format.figure(v)}
              </text>
            </g>
          ))}
          {days
            .filter((_, i) => i % every === 0)
            .map(d => (
              <text key={d} x={x(d)} y={HEIGHT - 4} className="mark-text muted-fill">
                {x(d) < width - 90 ? format.day(d, zone) : ''}
              </text>
            ))}
          <path
            d={area(
              points,
              at,
              () => y(0),
              p => y(p.possible),
            )}
            fill="var(--band-80)"
          />
          <line x1={LEFT} x2={width} y1={y(0)} y2={y(0)} stroke="var(--bad)" strokeWidth={1.5} strokeDasharray="4 3" />
          <path d={line(points, at, p => y(p.done))} fill="none" stroke="var(--median)" strokeWidth={2} />
          {late !== null && queue.lateHours >= LATE && late >= start && late < end + DAY && (
            <path d={`M${x(late) - 5} 2h10l-5 9z`} fill="var(--bad)" />
          )}
        </svg>
      )}
      <div className="legend">
        <span>
          <i style={{ background: 'var(--band-80)' }} />
          {w.arrived}
        </span>
        <span>
          <i style={{ background: 'var(--median)', height: 3, verticalAlign: 3 }} />
          {w.worked}
        </span>
        <span>
          <i style={{ background: 'var(--bad)', height: 2, verticalAlign: 3 }} />
          {w.due}
        </span>
        <span>
          <b data-tone="bad">▼</b> {w.firstLate}
        </span>
      </div>
    </div>
  )
}
