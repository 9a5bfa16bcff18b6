import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import './jobs.css'
import { Button, Choice, Side } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useHub, useMay, useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Empty, Failure, NoPermission } from '../../ui/states'
import { Details } from './Details'
import { List } from './List'
import { type Job, tree, usual, worked } from './model'
import { jobs, runNight } from './queries'
import { type JobState, STATES } from './search'
import { words } from './words'

const route = getRouteApi('/shell/jobs')

/** What runs, what broke? */
export function Jobs() {
  const t = useWords()
  const w = useWords(words)
  const may = useMay('readJobs')
  const mayRun = useMay('writePlans')
  const hub = useHub()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery({ ...jobs(search), enabled: may })
  const columns = useColumns()
  const client = useQueryClient()
  const night = useMutation({ mutationFn: runNight, onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }) })
  if (!may) return <NoPermission permission="readJobs" />
  return (
    <div className="page">
      <div className="row">
        <h1>{t.pages.jobs}</h1>
        <span className="muted wide-only">{w.question}</span>
        <span className="grow" />
        <Choice<JobState | 'all'>
          label={w.state}
          value={search.state ?? 'all'}
          options={[['all', w.all], ...STATES.map(s => [s, w.states[s]] as const)]}
          onChange={state => void navigate({ search: s => ({ ...s, state: state === 'all' ? undefined : state }) })}
        />
        <Download name="jobs" columns={columns} rows={list.data ?? []} />
        {mayRun && hub && (
          <Button isDisabled={night.isPending} onPress={() => night.mutate(hub.code)}>
            {w.runNight(hub.name)}
          </Button>
        )}
      </div>
      {night.error && <Failure error={night.error} />}
      <Await query={list}>
        {rows =>
          rows.length === 0 ? (
            <Empty>{search.state ? w.noneSuch : w.none}</Empty>
          ) : search.as === 'table' ? (
            <div className="card stack grow">
              <DataTable caption={t.pages.jobs} columns={columns} rows={rows} rowKey={job => job.id} />
            </div>
          ) : (
            <div className="split">
              <List
                nodes={search.state ? rows.map(job => ({ job, steps: [] })) : tree(rows)}
                usual={usual(rows)}
                chosen={search.job}
                onChoose={job => void navigate({ search: s => ({ ...s, job }), replace: true })}
              />
              <Side label={w.steps}>
                {search.job ? <Details id={search.job} usual={usual(rows)} /> : <p className="muted">{w.choose}</p>}
              </Side>
            </div>
          )
        }
      </Await>
    </div>
  )
}

function useColumns(): Column<Job>[] {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  return [
    { head: w.job, value: j => w.kinds[j.kind] ?? j.kind },
    { head: w.hub, value: j => j.hub },
    { head: w.state, value: j => w.states[j.state] },
    { head: w.step, value: j => j.step },
    { head: w.progress, value: j => j.progress, show: j => format.percent(j.progress), number: true },
    { head: w.requested, value: j => j.requestedAt, show: j => format.moment(Date.parse(j.requestedAt), zone) },
    { head: w.by, value: j => j.owner },
    {
      head: `${w.took} (s)`,
      value: j => {
        const time = worked(j, Date.now())
        return time === null ? null : Math.round(time / 1000)
      },
      number: true,
    },
  ]
}
