import { useQuery } from '@tanstack/react-query'
import type { Schemas } from '../../api/client'
import type { Zone } from '../../time/zone'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import type { Period } from './Page'
import { adjustmentValue } from './queries'
import { words } from './words'

type Row = Schemas['AdjustmentValue']

/** Whether changing the forecast by hand made it better. */
export function Adjustments({ period, zone }: { period: Period; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const query = useQuery(adjustmentValue(period.hub, period.start, period.end))
  const moment = (at: string) => format.moment(Date.parse(at), zone)
  const percent = (value: number | null | undefined) => (value == null ? '' : format.percent(value))
  const columns: Column<Row>[] = [
    { head: w.queue, value: r => r.adjustment.queue },
    { head: w.from, value: r => r.adjustment.from, show: r => moment(r.adjustment.from) },
    { head: w.to, value: r => r.adjustment.to, show: r => moment(r.adjustment.to) },
    {
      head: w.change,
      value: r =>
        r.adjustment.factor != null ? `× ${format.full(r.adjustment.factor)}` : format.signed(r.adjustment.added ?? 0),
    },
    { head: w.reason, value: r => r.adjustment.reason },
    { head: w.author, value: r => r.adjustment.author },
    { head: w.wape, value: r => r.value.baseWape, show: r => percent(r.value.baseWape), number: true },
    { head: w.wapeAdjusted, value: r => r.value.adjustedWape, show: r => percent(r.value.adjustedWape), number: true },
    {
      head: w.valueAdded,
      value: r => Math.round(r.value.valueAdded * 10) / 10,
      show: r => (
        <span data-tone={r.value.valueAdded < 0 ? 'bad' : 'ok'}>{format.signed(Math.round(r.value.valueAdded * 10) / 10)}</span>
      ),
      number: true,
    },
  ]
  return (
    <Await query={query} skeleton={<Bars rows={3} />}>
      {({ adjustments, overall }) => (
        <section className="card stack" aria-label={w.adjustments}>
          <div className="row padded">
            <h2 className="grow">
              {w.adjustments}{' '}
              <span className="small muted">
                {adjustments.length > 0 ? w.addedInAll(format.signed(Math.round(overall.valueAdded * 10) / 10)) : ''}
              </span>
            </h2>
            <Download name={`adjustments-${period.hub}-${period.from}-${period.to}`} columns={columns} rows={adjustments} />
          </div>
          {adjustments.length === 0 ? (
            <p className="padded muted">{w.noAdjustments}</p>
          ) : (
            <DataTable caption={w.adjustments} columns={columns} rows={adjustments} rowKey={r => r.adjustment.id} />
          )}
        </section>
      )}
    </Await>
  )
}
