import '../../charts/gantt/gantt.css'
import './rosters.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { agentsOf } from '../../api/queries'
import { useHub, useMay } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useWords } from '../../ui/preferences'
import { Await, Empty, NoPermission } from '../../ui/states'
import { Editor } from './Editor'
import { coverageOf, gapsOf, roster, rostersOf, shiftsOf } from './queries'
import { words } from './words'

const route = getRouteApi('/shell/rosters')

/** Who works when, what is uncovered, why? */
export function Rosters() {
  const w = useWords(words)
  const may = useMay('readRosters')
  const hub = useHub()
  const search = route.useSearch()
  const list = useQuery({ ...rostersOf(hub?.code ?? ''), enabled: may && hub !== undefined })
  if (!may) return <NoPermission permission="readRosters" />
  if (!hub) return <NoHub />
  return (
    <Await query={list}>
      {rosters => {
        const chosen = rosters.find(r => r.id === search.roster) ?? rosters.find(r => r.state !== 'superseded') ?? rosters[0]
        return chosen ? (
          <Loaded key={chosen.id} id={chosen.id} start={chosen.start} days={chosen.days} />
        ) : (
          <Empty>{w.noRoster}</Empty>
        )
      }}
    </Await>
  )
}

/** Asks for everything at once; the first that fails is shown. */
function Loaded({ id, start, days }: { id: string; start: string; days: number }) {
  const hub = useHub()!
  const one = useQuery({ ...roster(id), refetchInterval: 20_000 })
  const shifts = useQuery(shiftsOf(id, start, days))
  const coverage = useQuery(coverageOf(id))
  const gaps = useQuery(gapsOf(id))
  const mayPeople = useMay('readPeople')
  const agents = useQuery({ ...agentsOf(hub.code), enabled: mayPeople })
  const list = useQuery(rostersOf(hub.code))
  return (
    <Await query={one}>
      {({ data, etag }) => (
        <Await query={shifts}>
          {allShifts => (
            <Await query={coverage}>
              {allCoverage => (
                <Editor
                  hub={hub}
                  roster={data}
                  etag={etag}
                  rosters={list.data ?? []}
                  shifts={allShifts}
                  coverage={allCoverage}
                  gaps={gaps.data ?? []}
                  agents={agents.data ?? []}
                />
              )}
            </Await>
          )}
        </Await>
      )}
    </Await>
  )
}
