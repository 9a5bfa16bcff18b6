import { queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from '../../api/client'

export const plansOf = (hub: string) =>
  queryOptions({
    queryKey: ['capacity-plans', hub],
    queryFn: () => pages(after => ok(api.GET('/api/v1/capacity-plans', { params: { query: { hub, limit: 200, after } } }))),
  })

export const weeksOf = (id: string) =>
  queryOptions({
    queryKey: ['capacity-plan', id, 'weeks'],
    queryFn: async () =>
      (await ok(api.GET('/api/v1/capacity-plans/{id}/weeks', { params: { path: { id } } }))) as Schemas['CapacityWeekRow'][], // a string only as CSV
    staleTime: 10 * 60_000,
  })

export const hiresOf = (id: string) =>
  queryOptions({
    queryKey: ['capacity-plan', id, 'hires'],
    queryFn: () => ok(api.GET('/api/v1/capacity-plans/{id}/hires', { params: { path: { id } } })),
    staleTime: 10 * 60_000,
  })

/** A plan as another with other assumptions, on the same luck; the answer is the plan, or the job that makes it. */
export const copy = (id: string, body: Schemas['CapacityPlanCopyRequest']) =>
  ok(api.POST('/api/v1/capacity-plans/{id}/copies', { params: { path: { id } }, body }))
