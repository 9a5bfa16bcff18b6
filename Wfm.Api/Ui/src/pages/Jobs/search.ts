import type { Schemas } from '../../api/client'
import { oneOf, text } from '../../ui/search'

export type JobState = Schemas['JobState']
export const STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const satisfies readonly JobState[]

export interface JobsSearch {
  state?: JobState
  kind?: string
  /** The job whose steps are shown. */
  job?: string
}

export const jobsSearch = (s: Record<string, unknown>): JobsSearch => ({
  state: oneOf(s.state, STATES),
  kind: text(s.kind),
  job: text(s.job),
})
