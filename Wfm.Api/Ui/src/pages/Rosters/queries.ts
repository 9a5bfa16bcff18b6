import { queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas, tagged } from '../../api/client'
import { DAY } from '../../time/zone'

export type Roster = Schemas['RosterResponse']
export type Shift = Schemas['ShiftResponse']
export type GroupCoverage = Schemas['CoverageResponse']
export type Gap = Schemas['UncoveredRun']
export type Effect = Schemas['EditEffectResponse']
export type Finding = Schemas['EditFinding']
export type Operation = Schemas['EditOperationRequest']

const WINDOW = 7 // days; a cursor cannot be followed in parallel, weeks can

export const rostersOf = (hub: string) =>
  queryOptions({
    queryKey: ['rosters', hub],
    queryFn: async () => (await ok(api.GET('/api/v1/rosters', { params: { query: { hub, limit: 50 } } }))).items,
  })

/** A roster with the version that an edit must name. */
export const roster = (id: string) =>
  queryOptions({
    queryKey: ['roster', id],
    queryFn: () => tagged(api.GET('/api/v1/rosters/{id}', { params: { path: { id } } })),
  })

const addDays = (date: string, days: number) => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

export const shiftsOf = (id: string, start: string, days: number) =>
  queryOptions({
    queryKey: ['roster', id, 'shifts'],
    queryFn: async () => {
      const weeks = Array.from({ length: Math.ceil(days / WINDOW) }, (_, i) => i * WINDOW)
      const parts = await Promise.all(
        weeks.map(first => {
          const [from, to] = [addDays(start, first), addDays(start, Math.min(days, first + WINDOW) - 1)]
          return pages(after =>
            ok(api.GET('/api/v1/rosters/{id}/shifts', { params: { path: { id }, query: { from, to, limit: 1000, after } } })),
          )
        }),
      )
      return parts.flat()
    },
    staleTime: 60_000,
  })

export const coverageOf = (id: string) =>
  queryOptions({
    queryKey: ['roster', id, 'coverage'],
    queryFn: () => ok(api.GET('/api/v1/rosters/{id}/coverage', { params: { path: { id } } })),
    staleTime: 60_000,
  })

export const gapsOf = (id: string) =>
  queryOptions({
    queryKey: ['roster', id, 'gaps'],
    queryFn: () => ok(api.GET('/api/v1/rosters/{id}/explanation', { params: { path: { id } } })),
    staleTime: 60_000,
  })

export const why = (id: string, shift: string) =>
  queryOptions({
    queryKey: ['roster', id, 'why', shift],
    queryFn: () => ok(api.GET('/api/v1/rosters/{id}/shifts/{shift}/why', { params: { path: { id, shift } } })),
  })

export const fits = (id: string, query: { date: string; group: string; from: string; to: string }) =>
  queryOptions({
    queryKey: ['roster', id, 'fits', query],
    queryFn: () => ok(api.GET('/api/v1/rosters/{id}/fits', { params: { path: { id }, query: { ...query, limit: 8 } } })),
  })

export const comparison = (id: string, other: string) =>
  queryOptions({
    queryKey: ['roster', id, 'compare', other],
    queryFn: () => ok(api.GET('/api/v1/rosters/{id}/compare', { params: { path: { id }, query: { with: other } } })),
  })

export const check = (id: string, reason: string, operations: Operation[], signal?: AbortSignal) =>
  ok(
    api.POST('/api/v1/rosters/{id}/edits', {
      params: { path: { id }, query: { check: true } },
      body: { reason, operations },
      signal,
    }),
  )

export const edit = (id: string, etag: string, reason: string, operations: Operation[]) =>
  tagged(
    api.POST('/api/v1/rosters/{id}/edits', {
      params: { path: { id } },
      headers: { 'If-Match': etag },
      body: { reason, operations },
    }),
  )

export const undo = (id: string, etag: string, number: number) =>
  tagged(
    api.POST('/api/v1/rosters/{id}/edits/{number}:undo', {
      params: { path: { id, number } },
      headers: { 'If-Match': etag },
      body: {},
    }),
  )

export const publish = (id: string, etag: string) =>
  ok(api.POST('/api/v1/rosters/{id}:publish', { params: { path: { id } }, headers: { 'If-Match': etag } }))
