import { line, linear } from '../../../charts/scale'
import { useFormat, useWords } from '../../../ui/preferences'
import type { Understood } from './model'
import { words } from './words'

const [WIDTH, HEIGHT] = [260, 56]
const MOST = 24

/** What the file says, queue by queue: contacts by day, from when to when. */
export function UnderstoodPicture({ found }: { found: readonly Understood[] }) {
  const w = useWords(words)
  const format = useFormat()
  return (
    <section className="card stack padded" aria-label={w.understood}>
      <h2>{w.understood}</h2>
      <div className="understood">
        {found.slice(0, MOST).map(u => {
          const most = Math.max(1, ...u.days.map(d => d.offered))
          const y = linear(0, most, HEIGHT - 1, 2)
          const x = (i: number) => (u.days.length < 2 ? WIDTH / 2 : (i / (u.days.length - 1)) * WIDTH)
          const points = u.days.map((d, i) => ({ ...d, i }))
          return (
            <figure key={`${u.hub} ${u.queue}`} style={{ margin: 0 }}>
              <figcaption>
                <b>{u.queue}</b> <span className="muted">{u.hub}</span>
              </figcaption>
              <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                height={HEIGHT}
                preserveAspectRatio="none"
                role="img"
                aria-label={w.understoodOf(u.queue, format.figure(u.offered), u.first.slice(0, 10), u.last.slice(0, 10))}
              >
                {points.length === 1 ? (
                  <rect
                    x={x(0) - 4}
                    width={8}
                    y={y(points[0].offered)}
                    height={HEIGHT - y(points[0].offered)}
                    fill="var(--history)"
                  />
                ) : (
                  <path
                    d={line(
                      points,
                      p => x(p.i),
                      p => y(p.offered),
                    )}
                    fill="none"
                    stroke="var(--history)"
                    strokeWidth={1.5}
                    vectorEffect="non-scaling-stroke"
                  />
                )}
                <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
              </svg>
              <p className="small muted">
                {u.first.slice(0, 10)} – {u.last.slice(0, 10)} · {w.contacts(format.figure(u.offered), format.figure(most))}
              </p>
            </figure>
          )
        })}
      </div>
      {found.length > MOST && <p className="small muted">{w.moreQueues(String(found.length - MOST))}</p>}
    </section>
  )
}
