import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLive } from '../../api/live'
import { useNow } from '../../time/now'
import { Button, Chip, Meter } from '../../ui/controls'
import { useMay, useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Failure } from '../../ui/states'
import { isOver, type Job, toneOf, worked } from './model'
import { cancel, job } from './queries'
import { words } from './words'

/** One job with its steps, followed live while it runs. */
export function Details({ id, usual }: { id: string; usual: ReadonlyMap<string, number> }) {
  const query = useQuery(job(id))
  const running = query.data !== undefined && !isOver(query.data.state)
  useLive(running ? `/api/v1/jobs/${id}/events` : null, ['progress', 'finished'], ['jobs'])
  return (
    <Await query={query} skeleton={<Bars rows={5} />}>
      {({ children, ...one }) => <Body one={one} steps={children} usual={usual} />}
    </Await>
  )
}

function Body({ one, steps, usual }: { one: Job; steps: readonly Job[]; usual: ReadonlyMap<string, number> }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const mayCancel = useMay('cancelJobs')
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => cancel(one.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
  return (
    <div className="stack">
      <h2>{w.kinds[one.kind] ?? one.kind}</h2>
      <p className="muted small">
        {format.momentInZone(Date.parse(one.requestedAt), zone)} · {w.by} {one.owner}
        {one.attempt > 1 && ` · ${w.attempt(String(one.attempt))}`}
      </p>
      <Line job={one} usual={usual.get(one.kind)} />
      {one.state === 'running' && <Meter value={one.progress} label={w.progress} />}
      {one.step && <p className="small">{one.step}</p>}
      {one.error && (
        <p data-tone="bad" role="alert">
          {one.error}
        </p>
      )}
      {one.result && (
        <p className="small muted">
          {w.result} <code>{one.result}</code>
        </p>
      )}
      {one.cancelRequested && !isOver(one.state) && <p className="small">{w.cancelling}</p>}
      {mayCancel && !isOver(one.state) && !one.cancelRequested && (
        <Button isDisabled={stop.isPending} onPress={() => stop.mutate()}>
          {w.cancel}
        </Button>
      )}
      {stop.error && <Failure error={stop.error} />}
      <h3>{w.steps}</h3>
      {steps.length === 0 && <p className="muted">{w.noSteps}</p>}
      <ol className="stack">
        {steps.map(step => (
          <li key={step.id} className="stack">
            <Line job={step} usual={usual.get(step.kind)} name />
            {step.state === 'running' && <Meter value={step.progress} label={w.progress} />}
            {step.error && <p data-tone="bad">{step.error}</p>}
          </li>
        ))}
      </ol>
    </div>
  )
}

function Line({ job, usual, name }: { job: Job; usual?: number; name?: boolean }) {
  const w = useWords(words)
  const format = useFormat()
  const time = worked(job, useNow())
  return (
    <div className="row">
      <Chip tone={toneOf(job.state)}>{w.states[job.state]}</Chip>
      {name && <span>{w.kinds[job.kind] ?? job.kind}</span>}
      <span className="grow" />
      {time !== null && <span className="small">{format.duration(time)}</span>}
      {usual !== undefined && <span className="small muted">{w.usually(format.duration(usual))}</span>}
    </div>
  )
}
