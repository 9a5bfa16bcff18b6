import { QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from './client'
import { ApiProblem, isStatus } from './problems'

/** What is asked again only when somebody says so. */
export const lasting = { staleTime: 10 * 60_000 }

/** @param onSignedOut What happens when the server no longer knows who asks: the session has ended. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error, query) {
        const isFirst = query.queryKey[0] === me.queryKey[0] // the routes see to it
        if (isStatus(error, 401) && !isFirst) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && error instanceof ApiProblem && error.passing,
      },
    },
  })
}

export type Me = Schemas['MeResponse']
export type Hub = Schemas['HubResponse']
export type Permission = Schemas['Permission']

/** Who is signed in and what they may do. */
export const me = queryOptions({ queryKey: ['me'], queryFn: () => ok(api.GET('/api/v1/me')), ...lasting })

export const hubs = queryOptions({
  queryKey: ['hubs'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/hubs', { params: { query: { limit: 1000, after } } }))),
  ...lasting,
})

export const queues = queryOptions({
  queryKey: ['queues'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/queues', { params: { query: { limit: 1000, after } } }))),
  ...lasting,
})

export const agentsOf = (hub: string) =>
  queryOptions({
    queryKey: ['agents', hub],
    queryFn: () => pages(after => ok(api.GET('/api/v1/agents', { params: { query: { hub, limit: 1000, after } } }))),
    ...lasting,
  })

/** Jobs that run or wait, for the mark in the bar. */
export const runningJobs = queryOptions({
  queryKey: ['jobs', 'running'],
  queryFn: () => ok(api.GET('/api/v1/jobs', { params: { query: { state: 'running', limit: 100 } } })),
  refetchInterval: 10_000,
})
