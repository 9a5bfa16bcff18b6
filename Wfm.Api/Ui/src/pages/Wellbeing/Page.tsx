import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import './wellbeing.css'
import type { Hub } from '../../api/queries'
import { Choice, Figure } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useHub, useMay } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Empty, NoPermission } from '../../ui/states'
import { Dots } from './Dots'
import { Groups } from './Groups'
import { above, byLimit, FEWEST, type LimitUse, near } from './model'
import { Prices } from './Prices'
import { people } from './queries'
import { Waivers } from './Waivers'
import { words } from './words'

const route = getRouteApi('/shell/wellbeing')

/** Does anybody carry too much? */
export function Wellbeing() {
  const t = useWords()
  const w = useWords(words)
  const hub = useHub()
  const [mayPersons, mayGroups] = [useMay('readWellbeing'), useMay('readPeople')]
  if (!mayPersons && !mayGroups) return <NoPermission permission="readPeople" />
  if (!hub) return <NoHub />
  return (
    <div className="page">
      <div className="row">
        <h1>{t.pages.wellbeing}</h1>
        <span className="muted wide-only">{w.question}</span>
      </div>
      {mayPersons ? <Persons hub={hub} /> : <p className="card padded muted">{w.personsHidden}</p>}
      {mayGroups && <Groups hub={hub.code} />}
      <Prices hub={hub.code} />
      <Waivers hub={hub.code} />
    </div>
  )
}

type Person = LimitUse['people'][number]

function Persons({ hub }: { hub: Hub }) {
  const w = useWords(words)
  const format = useFormat()
  const { limit, as } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(people(hub.code))
  const columns: Column<Person>[] = [
    { head: w.person, value: p => p.agent },
    { head: w.used, value: p => Math.round(p.used), number: true },
    {
      head: w.left,
      value: p => Math.round(p.left),
      show: p => <span data-tone={p.left < -0.5 ? 'bad' : undefined}>{format.full(Math.round(p.left))}</span>,
      number: true,
    },
    { head: w.tightest, value: p => p.tightest },
    { head: w.plannedNow, value: p => Math.round(p.planned), number: true },
    { head: w.worked, value: p => (p.actual === null ? null : Math.round(p.actual)), number: true },
  ]
  return (
    <Await query={query} skeleton={<Bars rows={6} />}>
      {all => {
        const uses = byLimit(all)
        const use = uses.find(u => u.text === limit) ?? uses[0]
        if (!use) return <Empty>{w.noLimits}</Empty>
        const [over, close] = [above(use), near(use)]
        return (
          <section className="card stack padded" aria-label={w.limit}>
            <div className="row">
              <Choice
                label={w.limit}
                value={use.text}
                options={uses.map(u => [u.text, u.text] as const)}
                onChange={text => void navigate({ search: s => ({ ...s, limit: text }) })}
              />
              <span className="grow" />
              {use.people.length >= FEWEST && <Download name={`wellbeing-${hub.code}`} columns={columns} rows={use.people} />}
            </div>
            <div className="figures">
              <Figure value={over.length} label={w.above} tone={over.length > 0 ? 'bad' : 'ok'} />
              <Figure value={close.length} label={w.near} tone={close.length > 0 ? 'warn' : undefined} formula={w.nearFormula} />
              <Figure value={use.people.length} label={w.people} />
            </div>
            {use.people.length < FEWEST ? (
              <p>{over.length === 0 ? w.within : w.notWithin}</p>
            ) : as === 'table' ? (
              <DataTable caption={use.text} columns={columns} rows={use.people} rowKey={p => p.agent} />
            ) : (
              <Dots use={use} />
            )}
            <p className="small muted">{use.source}</p>
          </section>
        )
      }}
    </Await>
  )
}
