import { queryOptions } from '@tanstack/react-query'
import { api, ok, pages } from '../../api/client'

export const accuracy = (hub: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['reports', hub, 'accuracy', from, to],
    queryFn: () => ok(api.GET('/api/v1/forecasts/accuracy', { params: { query: { hub, from, to, by: 'queue' } } })),
  })

export const adjustmentValue = (hub: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['reports', hub, 'adjustments', from, to],
    queryFn: () => ok(api.GET('/api/v1/forecasts/adjustments/value', { params: { query: { hub, from, to } } })),
  })

export const adherenceDays = (hub: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['reports', hub, 'adherence', from, to],
    queryFn: () => ok(api.GET('/api/v1/adherence/hub-days', { params: { query: { hub, from, to } } })),
  })

export const fairness = (hub: string, asOf: string) =>
  queryOptions({
    queryKey: ['reports', hub, 'fairness', asOf],
    queryFn: () => ok(api.GET('/api/v1/fairness', { params: { query: { hub, asOf } } })),
  })

/** Requests that somebody must answer, as a count. */
export const waiting = (hub: string) =>
  queryOptions({
    queryKey: ['reports', hub, 'waiting'],
    queryFn: async () => {
      const query = { hub, state: 'pending' as const, limit: 200 }
      return (await pages(after => ok(api.GET('/api/v1/time-off-requests', { params: { query: { ...query, after } } })))).length
    },
  })
