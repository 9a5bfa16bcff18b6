import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { linear } from '../../charts/scale'
import { useWidth } from '../../charts/useWidth'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { league, type QueueAccuracy, skill } from './model'
import type { Period } from './Page'
import { accuracy } from './queries'
import { words } from './words'

const route = getRouteApi('/shell/reports')

/** Queues by how much better the forecast was than copying last week. */
export function League({ period }: { period: Period }) {
  const w = useWords(words)
  const { as } = route.useSearch()
  const query = useQuery(accuracy(period.hub, period.start, period.end))
  const columns = useColumns()
  return (
    <Await query={query} skeleton={<Bars rows={6} />}>
      {({ groups }) => {
        const rows = league(groups)
        return (
          <section className="card stack" aria-label={w.league}>
            <div className="row padded">
              <h2 className="grow">
                {w.league} <span className="small muted">{w.leagueNote}</span>
              </h2>
              <Download name={`accuracy-${period.hub}-${period.from}-${period.to}`} columns={columns} rows={rows} />
            </div>
            {rows.every(q => !q.published?.observations) ? (
              <p className="padded muted">{w.noForecasts}</p>
            ) : as === 'table' ? (
              <DataTable caption={w.league} columns={columns} rows={rows} rowKey={q => q.name} />
            ) : (
              <Lollipops rows={rows} />
            )}
          </section>
        )
      }}
    </Await>
  )
}

const [NAME, ROW] = [190, 26]

/** Two errors a queue: a dot where the forecast was, a ring where copying would have been. */
function Lollipops({ rows }: { rows: readonly QueueAccuracy[] }) {
  const w = useWords(words)
  const format = useFormat()
  const [frame, width] = useWidth<HTMLDivElement>()
  const left = Math.min(NAME, width * 0.4)
  const most = Math.max(0.1, ...rows.flatMap(q => [q.published?.wape ?? 0, q.seasonalNaive?.wape ?? 0]))
  const x = linear(0, most, left, Math.max(left + 40, width - 70), 5)
  const bottom = rows.length * ROW
  return (
    <div className="padded">
      <div className="legend">
        <span>
          <i style={{ background: 'var(--median)', borderRadius: 6 }} />
          {w.published}
        </span>
        <span>
          <i style={{ border: '2px solid var(--edge)', borderRadius: 6 }} />
          {w.copied}
        </span>
      </div>
      <div ref={frame}>
        {width > 0 && (
          <svg
            width={width}
            height={bottom + 20}
            role="img"
            aria-label={rows
              .map(q => `${q.name} ${q.published?.wape == null ? '–' : format.percent(q.published.wape)}`)
              .join(', ')}
          >
            {x.ticks.map(v => (
              <g key={v}>
                <line x1={x(v)} x2={x(v)} y1={0} y2={bottom} stroke="var(--grid)" />
                <text x={x(v)} y={bottom + 14} textAnchor="middle" className="mark-text muted-fill">
                  {format.chance(v)}
                </text>
              </g>
            ))}
            {rows.map((q, i) => {
              const [own, naive, better] = [q.published?.wape, q.seasonalNaive?.wape, skill(q)]
              const y = i * ROW + ROW / 2
              return (
                <g key={q.name}>
                  <text x={0} y={y + 4} className="mark-text">
                    {q.name.length > 26 ? `${q.name.slice(0, 25)}…` : q.name}
                  </text>
                  {own != null && naive != null && (
                    <line
                      x1={x(own)}
                      x2={x(naive)}
                      y1={y}
                      y2={y}
                      stroke={own <= naive ? 'var(--ok)' : 'var(--bad)'}
                      strokeWidth={2}
                    />
                  )}
                  {naive != null && (
                    <circle cx={x(naive)} cy={y} r={5} fill="var(--surface)" stroke="var(--edge)" strokeWidth={2} />
                  )}
                  {own != null && <circle cx={x(own)} cy={y} r={5.5} fill="var(--median)" />}
                  <text
                    x={width - 4}
                    y={y + 4}
                    textAnchor="end"
                    className="mark-text"
                    style={{ fontWeight: 600, fill: better == null ? 'var(--muted)' : better >= 0 ? 'var(--ok)' : 'var(--bad)' }}
                  >
                    {better == null ? '–' : `${better > 0 ? '+' : ''}${format.percent(better)}`}
                  </text>
                </g>
              )
            })}
          </svg>
        )}
      </div>
    </div>
  )
}

function useColumns(): Column<QueueAccuracy>[] {
  const w = useWords(words)
  const format = useFormat()
  const share = (head: string, of: (q: QueueAccuracy) => number | null | undefined): Column<QueueAccuracy> => ({
    head,
    value: q => {
      const value = of(q)
      return value == null ? null : Math.round(value * 10_000) / 10_000
    },
    show: q => {
      const value = of(q)
      return value == null ? '' : format.percent(value)
    },
    number: true,
  })
  return [
    { head: w.queue, value: q => q.name },
    share(w.skill, skill),
    share(w.wape, q => q.published?.wape),
    share(w.wapeCopied, q => q.seasonalNaive?.wape),
    share(w.wapeAdjusted, q => q.adjusted?.wape),
    share(w.bias, q => q.published?.bias),
    share(w.covered, q => q.published?.coverage80),
    share(w.covered95, q => q.published?.coverage95),
    { head: w.observations, value: q => q.published?.observations, number: true },
  ]
}
