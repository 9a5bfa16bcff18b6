import { describe, expect, it } from 'vitest'
import { type Job, tree, usual, worked } from './model'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 2) + seconds * 1000).toISOString()
const job = (id: string, requested: number, more: Partial<Job> = {}): Job => ({
  id,
  kind: 'forecast',
  state: 'succeeded',
  progress: 1,
  owner: 'demo',
  attempt: 1,
  cancelRequested: false,
  requestedAt: at(requested),
  startedAt: at(requested),
  finishedAt: at(requested + 10),
  ...more,
})

describe('tree', () => {
  it('puts steps under their chain in order, chains newest first', () => {
    const nodes = tree([job('new', 50), job('second', 20, { parent: 'old' }), job('first', 10, { parent: 'old' }), job('old', 0)])
    expect(nodes.map(n => n.job.id)).toEqual(['new', 'old'])
    expect(nodes[1].steps.map(n => n.job.id)).toEqual(['first', 'second'])
  })

  it('keeps a step whose chain is on another page', () => expect(tree([job('lone', 0, { parent: 'gone' })])).toHaveLength(1))
})

describe('usual', () => {
  it('is the median of at least three that succeeded', () => {
    const took = (seconds: number, more: Partial<Job> = {}) => job(`${seconds}`, 0, { finishedAt: at(seconds), ...more })
    expect(usual([took(10), took(20), took(90)]).get('forecast')).toBe(20_000)
    expect(usual([took(10), took(20), took(30), took(40)]).get('forecast')).toBe(25_000)
    expect(usual([took(10), took(20), took(90, { state: 'failed' })]).has('forecast')).toBe(false)
  })
})

describe('worked', () => {
  it('counts until now while the job runs', () => {
    expect(worked(job('a', 0, { finishedAt: null, state: 'running' }), Date.parse(at(7)))).toBe(7000)
  })

  it('is nothing while the job waits', () => expect(worked(job('a', 0, { startedAt: null, finishedAt: null }), 0)).toBeNull())
})
