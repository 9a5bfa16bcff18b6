import { useQuery } from '@tanstack/react-query'
import type { Row } from '../../charts/gantt/model'
import type { Zone } from '../../time/zone'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { type Shift, why } from './queries'
import { words } from './words'

/** The chosen shift: who, when, what, and what it is worth. */
export function Chosen({ roster, shift, row, zone }: { roster: string; shift: Shift; row?: Row; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const [start, end] = [Date.parse(shift.start), Date.parse(shift.end)]
  const isStored = !shift.id.includes(' ')
  const query = useQuery({ ...why(roster, shift.id), enabled: isStored })
  return (
    <div className="stack">
      <h2>{row?.name ?? shift.agent}</h2>
      <p>
        {format.day(start, zone)} {format.range(start, end, zone)}
      </p>
      <p className="muted small">
        {shift.agent} · {shift.template} · {format.hours(shift.paidMinutes / 60)} {w.paidHours.toLowerCase()}
      </p>
      <h3>{w.whyHere}</h3>
      {isStored && (
        <Await query={query} skeleton={<Bars rows={3} />}>
          {data => (
            <div className="stack small">
              <p>{w.without(format.figure(data.removalCost))}</p>
              {data.hasAlternative && data.alternativeCost !== undefined && data.alternativeCost !== null && (
                <p>
                  {w.otherwise(
                    data.alternative
                      ? format.range(Date.parse(data.alternative.start), Date.parse(data.alternative.end), zone)
                      : w.dayOff,
                    format.figure(data.alternativeCost),
                  )}
                </p>
              )}
              {data.removalBreaks.map(f => (
                <p key={f.rule + f.from}>{f.message}</p>
              ))}
            </div>
          )}
        </Await>
      )}
    </div>
  )
}
