import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import './today.css'
import { useLive } from '../../api/live'
import { useNow } from '../../time/now'
import { Button, Chip } from '../../ui/controls'
import { DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useHub, useMay, useZone } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Empty, NoPermission } from '../../ui/states'
import { Actions } from './Actions'
import { useQueueColumns } from './columns'
import { Heads } from './Heads'
import { ranked, risk, riskTone, type Snapshot, worstGap } from './model'
import { People } from './People'
import { Queues } from './Queues'
import { crises, today } from './queries'
import { words } from './words'

const Crisis = lazy(async () => ({ default: (await import('./Crisis')).Crisis })) // seldom needed

const route = getRouteApi('/shell/today')

/** What will go wrong before the day ends, and what fixes it? */
export function Today() {
  const t = useWords()
  const w = useWords(words)
  const may = useMay('readRosters')
  const mayDeclare = useMay('declareCrises')
  const hub = useHub()
  const query = useQuery({ ...today(hub?.code), enabled: may && hub !== undefined })
  const [crisis, setCrisis] = useState(false)
  const columns = useQueueColumns()
  useLive(may && hub ? `/api/v1/today/events?hub=${encodeURIComponent(hub.code)}` : null, ['changed'], ['today', hub?.code])
  if (!may) return <NoPermission permission="readRosters" />
  if (!hub) return <NoHub />
  return (
    <div className="page">
      <div className="row">
        <h1>{t.pages.today}</h1>
        <span className="muted wide-only">{w.question}</span>
        <span className="grow" />
        <Download name={`today-${hub.code}`} columns={columns} rows={query.data ? ranked(query.data.queues) : []} />
        {mayDeclare && <Button onPress={() => setCrisis(true)}>{w.crisis}…</Button>}
      </div>
      <CrisisNotice hub={hub.code} onOpen={mayDeclare ? () => setCrisis(true) : undefined} />
      <Await query={query} skeleton={<Bars rows={12} />}>
        {day => (day.queues.length === 0 ? <Empty action={<ToImport />}>{w.noQueues}</Empty> : <Day day={day} />)}
      </Await>
      {crisis && (
        <Suspense>
          <Crisis hub={hub} groups={query.data?.groups.map(g => g.group) ?? []} onClose={() => setCrisis(false)} />
        </Suspense>
      )}
    </div>
  )
}

function Day({ day }: { day: Snapshot }) {
  const w = useWords(words)
  const { as } = route.useSearch()
  const columns = useQueueColumns()
  const queues = useMemo(() => ranked(day.queues), [day])
  const groups = useMemo(() => new Map(day.groups.map(g => [g.group, g])), [day])
  const mayAct = useMay('writeRosters')
  return (
    <>
      <Headline day={day} />
      <div className={mayAct ? 'split today' : 'stack today'}>
        <div className="stack today-main">
          {as === 'table' ? (
            <div className="card stack">
              <DataTable caption={w.queues} columns={columns} rows={queues} rowKey={q => q.queue} />
            </div>
          ) : (
            <Queues day={day} queues={queues} />
          )}
          <Heads day={day} groups={groups} />
          <People day={day} />
        </div>
        {mayAct && <Actions hub={day.hub} />}
      </div>
    </>
  )
}

/** The day in one sentence, and how fresh what it stands on is. */
function Headline({ day }: { day: Snapshot }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const now = useNow()
  const worst = ranked(day.queues)[0]
  const probability = worst ? risk(worst) : null
  const gap = worstGap(day.groups, day.intervalMinutes)
  const stale = day.inputs.filter(i => i.isStale)
  return (
    <div className="card notice" data-tone={riskTone(probability)}>
      <span className="today-headline">
        {probability === null
          ? w.nothingProjected
          : probability < 0.2
            ? w.calm
            : w.worst(worst.queue, format.chance(probability))}
        {worst?.clock && probability !== null && probability >= 0.2 && (
          <>
            {' '}
            {(worst.clock.isLegal ? w.legalClock : w.clock)(
              zone.clock(Date.parse(worst.clock.median)),
              format.chance(worst.clock.probability),
            )}
          </>
        )}
        {gap && <> {w.gap(gap.group, format.figure(gap.heads), format.range(gap.from, gap.to, zone))}</>}
      </span>
      <span className="grow" />
      {stale.map(i => (
        <Chip key={i.input} tone="warn">
          {w.inputs[i.input]}: {i.asOf ? format.ago(Date.parse(i.asOf), now) : w.nothingTold}
        </Chip>
      ))}
      <span className="small muted">{format.momentInZone(Date.parse(day.at), zone)}</span>
    </div>
  )
}

function CrisisNotice({ hub, onOpen }: { hub: string; onOpen?: () => void }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const { data } = useQuery(crises(hub))
  return data?.map(c => (
    <div key={c.id} className="card notice" data-tone="bad" role="status">
      <span className="mark">{w.inCrisis(c.name)}</span>
      <span className="muted">
        {c.severity} · {format.moment(Date.parse(c.from), zone)} · {c.hubs.join(', ')}
      </span>
      <span className="grow" />
      {onOpen && (
        <Button kind="quiet" onPress={onOpen}>
          {w.openCrisis}
        </Button>
      )}
    </div>
  ))
}

function ToImport() {
  const w = useWords(words)
  return useMay('writeVolumes') ? (
    <Link to="/setup/$part" params={{ part: 'import' }}>
      {w.importVolumes}
    </Link>
  ) : null
}
