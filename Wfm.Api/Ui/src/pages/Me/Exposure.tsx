import { useQuery } from '@tanstack/react-query'
import { Meter } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { used } from './model'
import { myExposure } from './queries'
import { words } from './words'

/** One's own minutes on harmful content, against each limit. */
export function Exposure() {
  const w = useWords(words)
  const format = useFormat()
  const query = useQuery(myExposure)
  return (
    <section className="card padded stack" aria-label={w.exposure}>
      <h2>{w.exposure}</h2>
      <Await query={query} skeleton={<Bars rows={2} />}>
        {({ limits }) =>
          limits.length === 0 ? (
            <p className="muted">{w.noLimits}</p>
          ) : (
            <ul className="me-list">
              {limits.map((limit, i) => (
                <li key={i}>
                  <span>{limit.text}</span>
                  <Meter value={used(limit)} label={limit.text} />
                  <span className="small muted">
                    {w.usedOf(
                      format.figure(Math.max(limit.planned, limit.actual ?? 0)),
                      format.figure(limit.limit),
                      w.units[limit.unit] ?? limit.unit,
                    )}{' '}
                    · {limit.source}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </section>
  )
}
