import { useQuery } from '@tanstack/react-query'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { type SpreadRow, spreads } from './model'
import type { Period } from './Page'
import { fairness } from './queries'
import { words } from './words'

/** Who carries nights, weekends and the like inside groups of equals, over the 26 weeks before. */
export function Fairness({ period }: { period: Period }) {
  const w = useWords(words)
  const format = useFormat()
  const query = useQuery(fairness(period.hub, period.to))
  return (
    <Await query={query} skeleton={<Bars rows={5} />}>
      {({ groups, from, until }) => {
        const rows = spreads(groups)
        const widest = Math.max(1, ...rows.map(r => r.most))
        const columns: Column<SpreadRow>[] = [
          { head: w.equals, value: r => r.group },
          { head: w.burden, value: r => w.burdens[r.burden] },
          { head: w.people, value: r => r.people, number: true },
          { head: w.mean, value: r => Math.round(r.mean * 100) / 100, number: true },
          {
            head: w.range,
            value: r => r.most - r.least,
            show: r => (
              <span className="reports-range" title={`${r.least}–${r.most}`}>
                <span aria-hidden="true">
                  <i style={{ left: `${(100 * r.least) / widest}%`, width: `${(100 * (r.most - r.least)) / widest}%` }} />
                  <b style={{ left: `${(100 * r.mean) / widest}%` }} />
                </span>
                {r.least}–{r.most}
              </span>
            ),
          },
          { head: w.deviation, value: r => Math.round(r.deviation * 100) / 100, number: true },
          { head: w.gini, value: r => Math.round(r.gini * 100) / 100, show: r => format.full(r.gini), number: true },
        ]
        return (
          <section className="card stack" aria-label={w.fairness}>
            <div className="row padded">
              <h2 className="grow">
                {w.fairness} <span className="small muted">{w.fairnessNote(from, until)}</span>
              </h2>
              <Download name={`fairness-${period.hub}-${until}`} columns={columns} rows={rows} />
            </div>
            {rows.length === 0 ? (
              <p className="padded muted">{w.noBurdens}</p>
            ) : (
              <DataTable caption={w.fairness} columns={columns} rows={rows} rowKey={r => `${r.group} ${r.burden}`} />
            )}
          </section>
        )
      }}
    </Await>
  )
}
