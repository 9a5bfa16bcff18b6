import { useQuery } from '@tanstack/react-query'
import type { Span } from '../../charts/fan/model'
import type { Zone } from '../../time/zone'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { drivers } from './queries'
import { words } from './words'

interface DriversProps {
  forecast: string
  queue: string
  span: Span
  zone: Zone
}

const PARTS = ['level', 'trend', 'timeOfYear', 'dayOfWeek', 'timeOfDay', 'events', 'adjustments', 'remainder'] as const

/** Where the number comes from, in parts that add up to it. */
export function Drivers({ forecast, queue, span, zone }: DriversProps) {
  const w = useWords(words)
  const format = useFormat()
  const query = useQuery(drivers(forecast, queue, span.from, span.to))
  const what =
    span.to - span.from > 26 * 3_600_000
      ? `${format.day(span.from, zone)} – ${format.day(span.to - 1, zone)}`
      : format.day(span.from, zone)
  return (
    <div className="stack">
      <h2>{w.drivers(what)}</h2>
      <Await query={query} skeleton={<Bars rows={6} />}>
        {({ total, comparisons }) => {
          const most = Math.max(...PARTS.map(part => (part === 'level' ? 0 : Math.abs(total.parts[part]))), 1e-9)
          return (
            <>
              <table className="drivers">
                <tbody>
                  {PARTS.filter(part => Math.abs(total.parts[part]) >= 0.05).map(part => (
                    <tr key={part}>
                      <th scope="row">{w.parts[part]}</th>
                      <td aria-hidden className="share">
                        <span
                          hidden={part === 'level'}
                          data-negative={total.parts[part] < 0 || undefined}
                          style={{ width: `${(Math.abs(total.parts[part]) / most) * 100}%` }}
                        />
                      </td>
                      <td className="number">
                        {part === 'level' ? format.figure(total.parts[part]) : format.signed(total.parts[part])}
                      </td>
                    </tr>
                  ))}
                  <tr className="sum">
                    <th scope="row">{w.sum}</th>
                    <td />
                    <td className="number">{format.figure(total.mean)}</td>
                  </tr>
                </tbody>
              </table>
              {comparisons.map(c => (
                <p key={c.with} className="small muted">
                  {format.signed(c.change)} {w.against[c.with] ?? c.with}
                </p>
              ))}
            </>
          )
        }}
      </Await>
    </div>
  )
}
