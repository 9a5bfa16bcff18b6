import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from '../../api/client'
import { toBand, toPoints } from './model'

/** The snapshot; asked again when the server says that something changed, and every five minutes for the clock. */
export const today = (hub: string | undefined) =>
  queryOptions({
    queryKey: ['today', hub, 'snapshot'],
    queryFn: () => ok(api.GET('/api/v1/today', { params: { query: { hub: hub! } } })),
    enabled: hub !== undefined,
    refetchInterval: 5 * 60_000,
    placeholderData: (last: Schemas['TodayResponse'] | undefined) => (last?.hub === hub ? last : undefined),
  })

/** What came so far, by queue, in intervals of the forecast. */
export const volumesOf = (hub: string, from: string, to: string, interval: number) =>
  queryOptions({
    queryKey: ['today', hub, 'volumes', from, to, interval],
    queryFn: async () => {
      const query = { hub, from, to, interval, limit: 1000 }
      const page = (after?: string) => ok(api.GET('/api/v1/volumes', { params: { query: { ...query, after } } }))
      return toPoints(await pages(after => page(after) as Promise<Schemas['VolumeIntervalPage']>)) // a string only as CSV
    },
    placeholderData: keepPreviousData,
  })

/** The morning's forecast of one queue's day with its 10 and 90 % quantiles. */
export const bandOf = (forecast: string, queue: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['forecast', forecast, 'band', queue, from, to],
    queryFn: async () => {
      const query = { queue, from, to, levels: '0.1,0.9', limit: 1000 }
      return toBand(await ok(api.GET('/api/v1/forecasts/{id}/intervals', { params: { path: { id: forecast }, query } })))
    },
    staleTime: 10 * 60_000,
  })

export const recommend = (hub: string) => ok(api.POST('/api/v1/today/recommendations', { body: { hub } }))

export const recommendations = (id: string) =>
  queryOptions({
    queryKey: ['today', 'recommendations', id],
    queryFn: () => ok(api.GET('/api/v1/today/recommendations/{id}', { params: { path: { id } } })),
  })

const action = (id: string, number: number) => ({ params: { path: { id, number } }, body: {} })
export const apply = (id: string, number: number) =>
  ok(api.POST('/api/v1/today/recommendations/{id}/actions/{number}:apply', action(id, number)))
export const undo = (id: string, number: number) =>
  ok(api.POST('/api/v1/today/recommendations/{id}/actions/{number}:undo', action(id, number)))

/** Crises of a hub that are not over. */
export const crises = (hub: string) =>
  queryOptions({
    queryKey: ['crises', hub],
    queryFn: async () =>
      (await ok(api.GET('/api/v1/crises', { params: { query: { hub, limit: 100 } } }))).items.filter(c => c.state !== 'closed'),
  })

/** Plans of a crisis, newest first. */
export const crisisPlans = (id: string) =>
  queryOptions({
    queryKey: ['crises', id, 'plans'],
    queryFn: async () => {
      const { items } = await ok(api.GET('/api/v1/crises/{id}/plans', { params: { path: { id }, query: { limit: 100 } } }))
      return items.toSorted((a, b) => b.madeAt.localeCompare(a.madeAt))
    },
  })

export const declare = (body: Schemas['DeclareCrisisRequest']) => ok(api.POST('/api/v1/crises', { body }))

export const plan = (id: string, body: Schemas['PlanCrisisRequest']) =>
  ok(api.POST('/api/v1/crises/{id}/plans', { params: { path: { id } }, body }))

export const applyPlan = (id: string, plan: string, hub: string) =>
  ok(api.POST('/api/v1/crises/{id}/plans/{plan}/hubs/{hub}:apply', { params: { path: { id, plan, hub } }, body: {} }))

export const end = (crisis: Schemas['CrisisResponse'], reason: string) =>
  ok(
    api.POST('/api/v1/crises/{id}:end', {
      params: { path: { id: crisis.id }, header: { 'If-Match': crisis.etag } },
      body: { reason },
    }),
  )
