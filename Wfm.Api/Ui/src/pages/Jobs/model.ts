import type { Schemas } from '../../api/client'
import type { Tone } from '../../ui/controls'
import type { JobState } from './search'

export type Job = Schemas['JobResponse']

export interface JobNode {
  job: Job
  steps: JobNode[]
}

/** Jobs under the job that started them, newest first, steps in the order in which they were asked for. A step whose parent is not there stands alone. */
export function tree(jobs: readonly Job[]): JobNode[] {
  const nodes = new Map(jobs.map(job => [job.id, { job, steps: [] } as JobNode]))
  const roots: JobNode[] = []
  for (const node of nodes.values()) {
    const parent = node.job.parent ? nodes.get(node.job.parent) : undefined
    if (parent) parent.steps.push(node)
    else roots.push(node)
  }
  for (const node of nodes.values()) node.steps.sort((a, b) => a.job.requestedAt.localeCompare(b.job.requestedAt))
  return roots.sort((a, b) => b.job.requestedAt.localeCompare(a.job.requestedAt))
}

export const isOver = (state: JobState) => state === 'succeeded' || state === 'failed' || state === 'cancelled'

/** Milliseconds that the job has worked; null while it waits. */
export function worked(job: Job, now: number): number | null {
  if (!job.startedAt) return null
  return (job.finishedAt ? Date.parse(job.finishedAt) : now) - Date.parse(job.startedAt)
}

/** What jobs of a kind usually take: the median of those that succeeded, in milliseconds; absent below three. */
export function usual(jobs: readonly Job[]): Map<string, number> {
  const times = new Map<string, number[]>()
  for (const job of jobs) {
    const time = job.state === 'succeeded' ? worked(job, 0) : null
    if (time !== null) times.set(job.kind, [...(times.get(job.kind) ?? []), time])
  }
  return new Map([...times].filter(([, done]) => done.length >= 3).map(([kind, done]) => [kind, median(done)]))
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

export const toneOf = (state: JobState): Tone | undefined =>
  ({ queued: undefined, running: 'over', succeeded: 'ok', failed: 'bad', cancelled: 'warn' })[state] as Tone | undefined
