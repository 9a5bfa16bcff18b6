import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '../../api/client'
import { isOver, type Job } from './model'
import type { JobsSearch } from './search'

export const jobs = ({ state, kind }: JobsSearch, hub?: string) =>
  queryOptions({
    queryKey: ['jobs', 'list', state, kind, hub],
    queryFn: async () => (await ok(api.GET('/api/v1/jobs', { params: { query: { state, kind, hub, limit: 400 } } }))).items,
    refetchInterval: query => (query.state.data?.some((j: Job) => !isOver(j.state)) ? 2000 : 15_000),
  })

export const job = (id: string) =>
  queryOptions({
    queryKey: ['jobs', 'one', id],
    queryFn: () => ok(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })),
  })

export const cancel = (id: string) => ok(api.DELETE('/api/v1/jobs/{id}', { params: { path: { id } } }))

export const runNight = (hub: string) => ok(api.POST('/api/v1/jobs/nightly', { body: { hub } }))
