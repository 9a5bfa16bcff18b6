import { useQuery } from '@tanstack/react-query'
import type { Schemas } from '../../api/client'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { CLASSES } from './model'
import { groups } from './queries'
import { words } from './words'

type Group = Schemas['GroupExposureFigures']

const FILLS = { e1: 'var(--severity-0)', e2: 'var(--severity-1)', e3: 'var(--severity-2)', e4: 'var(--severity-3)' }

/** Mean minutes of seven days by class of content, for groups of at least five. */
export function Groups({ hub }: { hub: string }) {
  const w = useWords(words)
  const format = useFormat()
  const query = useQuery(groups(hub))
  const columns: Column<Group>[] = [
    { head: w.group, value: g => g.group },
    { head: w.people, value: g => g.people, number: true },
    ...CLASSES.map(c => ({
      head: `${c.toUpperCase()} (min)`,
      value: (g: Group) => Math.round(g.planned.sevenDays[c]),
      number: true,
    })),
    { head: w.weighted, value: g => Math.round(g.planned.sevenDays.weighted), number: true },
    { head: w.workedWeighted, value: g => (g.actual ? Math.round(g.actual.sevenDays.weighted) : null), number: true },
  ]
  return (
    <Await query={query} skeleton={<Bars rows={5} />}>
      {({ groups: all, keptBack, fewestPeople }) => {
        const most = Math.max(1, ...all.map(g => CLASSES.reduce((s, c) => s + g.planned.sevenDays[c], 0)))
        return (
          <section className="card stack" aria-label={w.groups}>
            <div className="row padded">
              <h2 className="grow">
                {w.groups} <span className="small muted">{w.groupsNote}</span>
              </h2>
              <div className="legend">
                {CLASSES.map(c => (
                  <span key={c}>
                    <i style={{ background: FILLS[c], outline: '1px solid var(--line)' }} />
                    {c.toUpperCase()}
                  </span>
                ))}
              </div>
              <Download name={`exposure-groups-${hub}`} columns={columns} rows={all} />
            </div>
            <ul className="wellbeing-groups">
              {all.map(g => (
                <li key={g.group}>
                  <span>
                    <b>{g.group}</b> <span className="small muted">{w.peopleOf(String(g.people))}</span>
                  </span>
                  <span className="wellbeing-bar" aria-hidden="true">
                    {CLASSES.map(c => (
                      <span key={c} style={{ width: `${(100 * g.planned.sevenDays[c]) / most}%`, background: FILLS[c] }} />
                    ))}
                  </span>
                  <span className="small number">
                    {CLASSES.filter(c => g.planned.sevenDays[c] >= 0.5)
                      .map(c => `${c.toUpperCase()} ${format.figure(g.planned.sevenDays[c])}`)
                      .join(' · ') || '0'}
                  </span>
                </li>
              ))}
            </ul>
            {keptBack > 0 && <p className="padded small muted">{w.keptBack(String(keptBack), String(fewestPeople))}</p>}
            <details className="padded">
              <summary>{w.asTable}</summary>
              <DataTable caption={w.groups} columns={columns} rows={all} rowKey={g => g.group} />
            </details>
          </section>
        )
      }}
    </Await>
  )
}
