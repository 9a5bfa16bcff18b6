import { queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from '../../api/client'

export const people = (hub: string) =>
  queryOptions({
    queryKey: ['exposure', hub, 'people'],
    queryFn: () => pages(after => ok(api.GET('/api/v1/exposure/people', { params: { query: { hub, limit: 1000, after } } }))),
    staleTime: 5 * 60_000, // each read of a person is written down
  })

export const groups = (hub: string) =>
  queryOptions({
    queryKey: ['exposure', hub, 'groups'],
    queryFn: () => ok(api.GET('/api/v1/exposure/groups', { params: { query: { hub } } })),
    staleTime: 5 * 60_000,
  })

export const waivers = (hub: string) =>
  queryOptions({
    queryKey: ['waivers', hub],
    queryFn: () => pages(after => ok(api.GET('/api/v1/waivers', { params: { query: { hub, limit: 500, after } } }))),
  })

export const revoke = (waiver: Schemas['WaiverResponse'], reason: string) =>
  ok(
    api.POST('/api/v1/waivers/{id}:revoke', {
      params: { path: { id: waiver.id }, header: { 'If-Match': waiver.etag } },
      body: { reason },
    }),
  )

export const prices = (roster: string) =>
  queryOptions({
    queryKey: ['roster', roster, 'limit-prices'],
    queryFn: () => ok(api.GET('/api/v1/rosters/{id}/limit-prices', { params: { path: { id: roster } } })),
    retry: false, // 404 until somebody asks for them
    staleTime: 10 * 60_000,
  })

export const price = (roster: string) =>
  ok(api.POST('/api/v1/rosters/{id}:price-limits', { params: { path: { id: roster } }, body: {} }))
