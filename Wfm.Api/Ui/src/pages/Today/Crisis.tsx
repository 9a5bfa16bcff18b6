import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { type Hub, hubs } from '../../api/queries'
import { Button, Dialog, Meter } from '../../ui/controls'
import { Checks, Field } from '../../ui/fields'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Failure } from '../../ui/states'
import { isOver } from '../Jobs/model'
import { job } from '../Jobs/queries'
import { CrisisPlan } from './CrisisPlan'
import { crises, crisisPlans, declare, end, plan } from './queries'
import { words } from './words'

type Crisis = Schemas['CrisisResponse']

interface CrisisProps {
  hub: Hub
  groups: readonly string[]
  onClose(): void
}

/** Two steps: say what happens and ask for a plan, which changes nothing; then read who would move, and put it in force hub by hub. */
export function Crisis({ hub, groups, onClose }: CrisisProps) {
  const w = useWords(words)
  const list = useQuery(crises(hub.code))
  return (
    <Dialog title={w.crisis} open onClose={onClose} className="wide">
      <Await query={list} skeleton={<Bars rows={5} />}>
        {found => (found[0] ? <Running crisis={found[0]} groups={groups} /> : <Declare hub={hub} />)}
      </Await>
    </Dialog>
  )
}

const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const

function Declare({ hub }: { hub: Hub }) {
  const w = useWords(words)
  const { data: all = [] } = useQuery(hubs)
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState('')
  const [severity, setSeverity] = useState<(typeof SEVERITIES)[number]>('S3')
  const [inHubs, setHubs] = useState<string[]>([hub.code])
  const declaring = useMutation({
    mutationFn: () => declare({ name: name.trim(), kind: kind.trim(), severity, hubs: inHubs }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['crises'] }),
  })
  const ready = name.trim() !== '' && kind.trim() !== '' && inHubs.length > 0
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (ready) declaring.mutate()
      }}
    >
      <p className="muted">{w.stepOne}</p>
      <div className="fields">
        <Field label={w.crisisName} value={name} onChange={setName} required />
        <Field label={w.crisisKind} value={kind} onChange={setKind} required hint={w.crisisKindHint} />
        <div className="field">
          <label className="small" htmlFor="severity">
            {w.severity}
          </label>
          <select id="severity" value={severity} onChange={event => setSeverity(event.target.value as typeof severity)}>
            {SEVERITIES.map(s => (
              <option key={s}>{s}</option>
            ))}
          </select>
        </div>
      </div>
      <Checks label={w.hubs} options={all.map(h => [h.code, h.name] as const)} chosen={inHubs} onChange={setHubs} />
      {declaring.error && <Failure error={declaring.error} />}
      <div className="row">
        <Button kind="primary" type="submit" isDisabled={!ready || declaring.isPending}>
          {w.declare}
        </Button>
        <span className="small muted">{w.declareNote}</span>
      </div>
    </form>
  )
}

function Running({ crisis, groups }: { crisis: Crisis; groups: readonly string[] }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const plans = useQuery(crisisPlans(crisis.id))
  return (
    <div className="stack">
      <p>
        <b>{crisis.name}</b>{' '}
        <span className="muted">
          {crisis.kind} · {crisis.severity} · {crisis.hubs.join(', ')} ·{' '}
          {w.since(format.momentInZone(Date.parse(crisis.from), zone))} · {crisis.declaredBy}
        </span>
      </p>
      <AskPlan crisis={crisis} groups={groups} />
      {plans.data?.[0] && <CrisisPlan crisis={crisis.id} plan={plans.data[0]} />}
      <EndCrisis crisis={crisis} />
    </div>
  )
}

function AskPlan({ crisis, groups }: { crisis: Crisis; groups: readonly string[] }) {
  const w = useWords(words)
  const format = useFormat()
  const client = useQueryClient()
  const [group, setGroup] = useState(groups[0] ?? '')
  const [factor, setFactor] = useState('2')
  const [hours, setHours] = useState('24')
  const ask = useMutation({
    mutationFn: () => plan(crisis.id, { hours: Number(hours), surges: [{ group, factor: Number(factor), urgency: 4 }] }),
  })
  const id = ask.data?.jobId
  const running = useQuery({
    ...job(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: query => {
      const state = query.state.data?.state
      if (state === undefined || !isOver(state)) return 800
      if (state === 'succeeded') void client.invalidateQueries({ queryKey: ['crises', crisis.id] })
      return false
    },
  })
  const busy = ask.isPending || (id !== undefined && !(running.data && isOver(running.data.state)))
  const fits = Number(factor) > 0 && Number(hours) >= 1 && Number(hours) <= 72 && group !== ''
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (fits) ask.mutate()
      }}
    >
      <div className="fields">
        <div className="field">
          <label className="small" htmlFor="surge-group">
            {w.surgeGroup}
          </label>
          <select id="surge-group" value={group} onChange={event => setGroup(event.target.value)}>
            {groups.map(g => (
              <option key={g}>{g}</option>
            ))}
          </select>
        </div>
        <Field label={w.surgeFactor} type="number" min={0.1} max={50} step="any" value={factor} onChange={setFactor} />
        <Field label={w.surgeHours} type="number" min={1} max={72} step={1} value={hours} onChange={setHours} />
      </div>
      <div className="row">
        <Button type="submit" kind="primary" isDisabled={!fits || busy}>
          {w.showPlan}
        </Button>
        <span className="small muted">{w.showPlanNote}</span>
      </div>
      {busy && (
        <>
          <Meter value={running.data?.progress ?? 0} label={w.planning} />
          <p className="small muted">{running.data?.step ?? w.planning}</p>
        </>
      )}
      {ask.error && <Failure error={ask.error} />}
      {running.data?.error && (
        <p role="alert" data-tone="bad">
          {format.figure(running.data.progress * 100)} %: {running.data.error}
        </p>
      )}
    </form>
  )
}

function EndCrisis({ crisis }: { crisis: Crisis }) {
  const w = useWords(words)
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const ending = useMutation({
    mutationFn: () => end(crisis, reason.trim()),
    onSuccess: () => client.invalidateQueries({ queryKey: ['crises'] }),
  })
  return (
    <details>
      <summary>{w.endCrisis}…</summary>
      <form
        className="stack padded"
        onSubmit={event => {
          event.preventDefault()
          if (reason.trim()) ending.mutate()
        }}
      >
        <Field label={w.reason} value={reason} onChange={setReason} required />
        {ending.error && <Failure error={ending.error} />}
        <div>
          <Button type="submit" isDisabled={!reason.trim() || ending.isPending}>
            {w.endCrisis}
          </Button>
        </div>
      </form>
    </details>
  )
}
