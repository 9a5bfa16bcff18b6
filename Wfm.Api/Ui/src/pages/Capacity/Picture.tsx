import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { area, line, linear } from '../../charts/scale'
import { useWidth } from '../../charts/useWidth'
import { DAY, type Zone } from '../../time/zone'
import { useFormat, useWords } from '../../ui/preferences'
import type { Week } from './model'
import { words } from './words'

const [LEFT, TOP, HEIGHT, LANE] = [44, 10, 320, 20]

interface PictureProps {
  weeks: readonly Week[]
  classes: readonly Schemas['CapacityClass'][]
  other?: { name: string; weeks: readonly Week[] }
  zone: Zone
}

/** Required against available FTE week by week, and the classes to hire: when to decide, when they start, when they count. */
export function Picture({ weeks, classes, other, zone }: PictureProps) {
  const w = useWords(words)
  const format = useFormat()
  const [frame, width] = useWidth<HTMLDivElement>()
  const [at, setAt] = useState<number | null>(null)
  const times = weeks.map(r => zone.startOf(r.week))
  const [from, to] = [times[0], (times.at(-1) ?? times[0]) + 7 * DAY]
  const inner = Math.max(0, width - LEFT - 8)
  const x = (t: number) => LEFT + ((t - from) / (to - from)) * inner
  const all = [...weeks, ...(other?.weeks ?? [])]
  const high = Math.max(...all.map(r => Math.max(r.requiredFteP90, r.availableFte, r.regularFteP90)))
  const y = linear(0, high, TOP + HEIGHT, TOP, 5)
  const middle = (r: Week) => x(zone.startOf(r.week) + 3.5 * DAY)
  const months = zone.days(from, to).filter(d => d >= from && zone.date(d).endsWith('-01'))
  const every = Math.max(1, Math.ceil((64 * months.length) / Math.max(1, inner)))
  const lanes = laneOf(classes, zone)
  const bottom = TOP + HEIGHT + 22
  const height = bottom + (lanes.length > 0 ? Math.max(...lanes.map(l => l.lane + 1)) * LANE + 8 : 0)
  const shown = at === null ? null : weeks[at]
  const move = (by: number) => setAt(i => Math.min(weeks.length - 1, Math.max(0, (i ?? 0) + by)))
  const say = shown
    ? w.weekSays(
        format.date(zone.startOf(shown.week), zone),
        format.figure(shown.requiredFte),
        format.figure(shown.requiredFteP10),
        format.figure(shown.requiredFteP90),
        format.figure(shown.availableFte),
        format.chance(shown.gapProbability),
      )
    : w.pictureNote
  return (
    <section className="card padded stack" aria-label={w.picture}>
      <div className="legend">
        <span>
          <i style={{ background: 'var(--band-80)' }} />
          {w.requiredBand}
        </span>
        <span>
          <i style={{ background: 'var(--median)', height: 2, verticalAlign: 3 }} />
          {w.required}
        </span>
        <span>
          <i style={{ background: 'var(--history)', height: 3, verticalAlign: 3 }} />
          {w.available}
        </span>
        <span>
          <i style={{ background: 'var(--under-soft)' }} />
          {w.missing}
        </span>
        {other && (
          <span>
            <i style={{ background: 'var(--warn)', height: 2, verticalAlign: 3 }} />
            {w.otherPlan(other.name)}
          </span>
        )}
      </div>
      <p className="small muted" role="status">
        {say}
      </p>
      <div
        ref={frame}
        role="slider"
        tabIndex={0}
        aria-label={w.picture}
        aria-valuemin={0}
        aria-valuemax={weeks.length - 1}
        aria-valuenow={at ?? 0}
        aria-valuetext={say}
        onPointerMove={event => {
          const box = event.currentTarget.getBoundingClientRect()
          const share = (event.clientX - box.left - LEFT) / Math.max(1, inner)
          setAt(share < 0 || share >= 1 ? null : Math.floor(share * weeks.length))
        }}
        onPointerLeave={() => setAt(null)}
        onKeyDown={event => {
          const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: 4, PageDown: -4, Home: -999, End: 999 }[event.key]
          if (!by) return
          move(by)
          event.preventDefault()
        }}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true">
            {y.ticks.map(v => (
              <g key={v}>
                <line x1={LEFT} x2={width - 8} y1={y(v)} y2={y(v)} stroke="var(--grid)" />
                <text x={LEFT - 6} y={y(v) + 4} textAnchor="end" className="mark-text muted-fill">
                  {format.figure(v)}
                </text>
              </g>
            ))}
            {months
              .filter((_, i) => i % every === 0)
              .map(m => (
                <g key={m}>
                  <line x1={x(m)} x2={x(m)} y1={TOP} y2={TOP + HEIGHT} stroke="var(--grid)" />
                  <text x={x(m) + 3} y={TOP + HEIGHT + 15} className="mark-text muted-fill">
                    {x(m) < width - 60
                      ? new Intl.DateTimeFormat(format.locale, { month: 'short', year: '2-digit', timeZone: zone.id }).format(m)
                      : ''}
                  </text>
                </g>
              ))}
            <path
              d={area(
                weeks,
                middle,
                r => y(r.requiredFteP10),
                r => y(r.requiredFteP90),
              )}
              fill="var(--band-80)"
            />
            {weeks
              .filter(r => r.gap > 0)
              .map(r => (
                <rect
                  key={r.week}
                  x={x(zone.startOf(r.week))}
                  width={Math.max(1, x(zone.startOf(r.week) + 7 * DAY) - x(zone.startOf(r.week)))}
                  y={y(r.requiredFte)}
                  height={Math.max(1, y(r.availableFte) - y(r.requiredFte))}
                  fill="var(--under-soft)"
                />
              ))}
            <path d={line(weeks, middle, r => y(r.requiredFte))} fill="none" stroke="var(--median)" strokeWidth={1.75} />
            <path d={line(weeks, middle, r => y(r.availableFte))} fill="none" stroke="var(--history)" strokeWidth={2.25} />
            {other && (
              <>
                <path
                  d={line(other.weeks, middle, r => y(r.requiredFte))}
                  fill="none"
                  stroke="var(--warn)"
                  strokeWidth={1}
                  strokeDasharray="2 3"
                />
                <path
                  d={line(other.weeks, middle, r => y(r.availableFte))}
                  fill="none"
                  stroke="var(--warn)"
                  strokeWidth={1.75}
                  strokeDasharray="6 3"
                />
              </>
            )}
            {lanes.map(({ lane, heads, decide, start, productive }, i) => {
              const top = bottom + lane * LANE
              return (
                <g key={i}>
                  <line x1={x(decide)} x2={x(start)} y1={top + 8} y2={top + 8} stroke="var(--edge)" strokeDasharray="2 2" />
                  <path d={`M${x(decide) - 4} ${top + 4}l8 4l-8 4z`} fill="var(--accent)" />
                  <rect
                    x={x(start)}
                    width={Math.max(2, x(productive) - x(start))}
                    y={top + 1}
                    height={14}
                    rx={3}
                    fill="var(--accent-soft)"
                    stroke="var(--accent)"
                  />
                  <text x={x(start) + 4} y={top + 12} className="mark-text">
                    +{heads}
                  </text>
                </g>
              )
            })}
            {at !== null && (
              <line x1={middle(weeks[at])} x2={middle(weeks[at])} y1={TOP} y2={TOP + HEIGHT} stroke="var(--edge)" />
            )}
          </svg>
        )}
      </div>
      {lanes.length > 0 && <p className="small muted">{w.classesNote}</p>}
    </section>
  )
}

/** Classes in as few rows as do not overlap. */
function laneOf(classes: readonly Schemas['CapacityClass'][], zone: Zone) {
  const ends: number[] = []
  return classes.map(c => {
    const [decide, start, productive] = [zone.startOf(c.decideBy), zone.startOf(c.start), zone.startOf(c.productive)]
    const free = ends.findIndex(end => end < decide)
    const lane = free < 0 ? ends.length : free
    ends[lane] = productive + 7 * DAY
    return { lane, heads: c.heads, decide, start, productive }
  })
}
