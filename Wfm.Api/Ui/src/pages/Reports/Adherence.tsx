import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { line, linear } from '../../charts/scale'
import { useWidth } from '../../charts/useWidth'
import { DAY, type Zone } from '../../time/zone'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import type { HubDay } from './model'
import type { Period } from './Page'
import { adherenceDays } from './queries'
import { words } from './words'

const route = getRouteApi('/shell/reports')
const LINES = [
  { name: 'adherence', colour: 'var(--median)', dash: undefined },
  { name: 'occupancy', colour: 'var(--warn)', dash: '6 3' },
  { name: 'plannedShrinkage', colour: 'var(--history)', dash: '2 3' },
] as const

/** Adherence, occupancy and shrinkage by day; days with fewer than five people are left out. */
export function Adherence({ period, zone }: { period: Period; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const { as } = route.useSearch()
  const query = useQuery(adherenceDays(period.hub, period.from, period.to))
  const share = (head: string, of: (d: HubDay) => number | null | undefined): Column<HubDay> => ({
    head,
    value: d => {
      const value = of(d)
      return value == null ? null : Math.round(value * 10_000) / 10_000
    },
    show: d => {
      const value = of(d)
      return value == null ? '' : format.percent(value)
    },
    number: true,
  })
  const columns: Column<HubDay>[] = [
    { head: w.day, value: d => d.date, show: d => format.day(zone.startOf(d.date), zone) },
    { head: w.people, value: d => d.people, number: true },
    share(w.adherence, d => d.figures?.adherence.value),
    share(w.conformance, d => d.figures?.conformance.value),
    share(w.occupancy, d => d.figures?.occupancy.value),
    share(w.plannedShrinkage, d => d.figures?.plannedShrinkage.value),
    share(w.unplanned, d => d.figures?.unplannedShrinkage.value),
  ]
  return (
    <Await query={query} skeleton={<Bars rows={5} />}>
      {({ days }) => {
        const known = days.filter(d => d.figures)
        return (
          <section className="card stack" aria-label={w.adherenceByDay}>
            <div className="row padded">
              <h2 className="grow">{w.adherenceByDay}</h2>
              <div className="legend">
                {LINES.map(l => (
                  <span key={l.name}>
                    <i style={{ background: l.colour, height: 3, verticalAlign: 3 }} />
                    {w[l.name]}
                  </span>
                ))}
              </div>
              <Download name={`adherence-${period.hub}-${period.from}-${period.to}`} columns={columns} rows={days} />
            </div>
            {known.length === 0 ? (
              <p className="padded muted">{w.noStates}</p>
            ) : as === 'table' ? (
              <DataTable caption={w.adherenceByDay} columns={columns} rows={days} rowKey={d => d.date} />
            ) : (
              <Lines days={days} period={period} zone={zone} />
            )}
          </section>
        )
      }}
    </Await>
  )
}

const [LEFT, HEIGHT] = [52, 190]

function Lines({ days, period, zone }: { days: readonly HubDay[]; period: Period; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const [frame, width] = useWidth<HTMLDivElement>()
  const y = linear(0, 1, HEIGHT - 20, 8, 4)
  const [from, to] = [Date.parse(period.start), Date.parse(period.end)]
  const x = (t: number) => LEFT + ((t - from) / (to - from)) * Math.max(0, width - LEFT - 12)
  const at = (d: HubDay) => x(zone.startOf(d.date) + DAY / 2)
  const all = zone.days(from, to)
  const every = Math.max(1, Math.ceil((76 * all.length) / Math.max(1, width - LEFT)))
  return (
    <div ref={frame} className="padded">
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={w.adherenceByDay}>
          {y.ticks.map(v => (
            <g key={v}>
              <line x1={LEFT} x2={width - 12} y1={y(v)} y2={y(v)} stroke="var(--grid)" />
              <text x={LEFT - 6} y={y(v) + 4} textAnchor="end" className="mark-text muted-fill">
                {format.chance(v)}
              </text>
            </g>
          ))}
          {all
            .filter((_, i) => i % every === 0)
            .map(d => (
              <text key={d} x={x(d + DAY / 2)} y={HEIGHT - 3} textAnchor="middle" className="mark-text muted-fill">
                {x(d) > LEFT - 20 && x(d) < width - 50 ? format.day(d, zone) : ''}
              </text>
            ))}
          {LINES.map(l => {
            const value = (d: HubDay) => d.figures?.[l.name].value ?? null
            return (
              <g key={l.name}>
                <path
                  d={line(days, at, d => {
                    const v = value(d)
                    return v === null ? null : y(Math.min(1, v))
                  })}
                  fill="none"
                  stroke={l.colour}
                  strokeWidth={2}
                  strokeDasharray={l.dash}
                />
                {days.map(d => {
                  const v = value(d)
                  return v === null ? null : (
                    <circle key={d.date} cx={at(d)} cy={y(Math.min(1, v))} r={3} fill={l.colour}>
                      <title>{`${format.day(zone.startOf(d.date), zone)}: ${w[l.name]} ${format.percent(v)}`}</title>
                    </circle>
                  )
                })}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
