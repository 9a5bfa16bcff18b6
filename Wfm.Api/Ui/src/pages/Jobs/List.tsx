import { useNow } from '../../time/now'
import { Chip, Meter } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { isOver, type JobNode, toneOf, worked } from './model'
import { words } from './words'

interface ListProps {
  nodes: readonly JobNode[]
  usual: ReadonlyMap<string, number>
  chosen?: string
  onChoose(id: string): void
}

/** Jobs with how far they are and how long they took, against what is usual. */
export function List({ nodes, usual, chosen, onChoose }: ListProps) {
  const w = useWords(words)
  return (
    <ul className="card jobs">
      {nodes.map(node => (
        <li key={node.job.id}>
          <Row node={node} usual={usual.get(node.job.kind)} chosen={chosen === node.job.id} onChoose={onChoose} />
          {node.steps.length > 0 && !isOver(node.job.state) && (
            <ul aria-label={w.steps}>
              {node.steps.map(step => (
                <li key={step.job.id}>
                  <Row node={step} usual={usual.get(step.job.kind)} chosen={chosen === step.job.id} onChoose={onChoose} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}

interface RowProps {
  node: JobNode
  usual?: number
  chosen: boolean
  onChoose(id: string): void
}

function Row({ node: { job, steps }, usual, chosen, onChoose }: RowProps) {
  const w = useWords(words)
  const format = useFormat()
  const now = useNow()
  const time = worked(job, now)
  return (
    <button type="button" className="job" aria-pressed={chosen} onClick={() => onChoose(job.id)}>
      <span className="name">
        <b>{w.kinds[job.kind] ?? job.kind}</b> {job.hub && <span className="muted">{job.hub}</span>}
      </span>
      <Chip tone={toneOf(job.state)}>{w.states[job.state]}</Chip>
      <span className="progress">
        {job.state === 'running' ? (
          <Meter value={job.progress} label={w.progress} />
        ) : (
          <span className="small muted">{job.error ?? (steps.length > 0 ? w.stepCount(String(steps.length)) : job.step)}</span>
        )}
      </span>
      <span className="small muted wide-only">{format.ago(Date.parse(job.requestedAt), now)}</span>
      <span className="small number" title={usual === undefined ? undefined : w.usually(format.duration(usual))}>
        {time === null ? '' : format.duration(time)}
      </span>
    </button>
  )
}
