import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from '../../api/client'
import { LEVELS, type Unit } from '../../charts/fan/model'
import { DAY, MINUTE } from '../../time/zone'
import { forecastOf, MINUTES, parseVolumes, whole } from './model'

const WINDOW = 14 * DAY // so many half-hours fit on a page
const RECENT = 100 * DAY // of half-hours; longer stretches are shown by day

const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')
const levels = LEVELS.join()

/** The forecast that is served. */
export const servedForecast = (hub: string) =>
  queryOptions({
    queryKey: ['forecast', hub],
    queryFn: async () => {
      const { items } = await ok(api.GET('/api/v1/forecasts', { params: { query: { hub, state: 'published', limit: 1 } } }))
      return items[0] ? ok(api.GET('/api/v1/forecasts/{id}', { params: { path: { id: items[0].id } } })) : null
    },
    refetchInterval: 60_000,
  })

/** Volumes as CSV: a year of half-hours in JSON would be 18 pages, one after the other. */
export const history = (hub: string, queue: string, unit: Unit, minutes: number, cutOff: number) =>
  queryOptions({
    queryKey: ['history', hub, queue, unit, cutOff],
    queryFn: async () => {
      const interval = unit === 'interval' ? undefined : MINUTES[unit]
      const from = unit === 'interval' ? iso(cutOff - RECENT) : undefined
      const query = { hub, queue, interval, from, format: 'csv' }
      const text = await ok(api.GET('/api/v1/volumes', { params: { query }, parseAs: 'text' }))
      const series = parseVolumes(text, interval ?? minutes)
      return unit === 'interval' ? series : whole(series, cutOff)
    },
    staleTime: 10 * 60_000,
    placeholderData: keepPreviousData,
  })

export const intervals = (id: string, queue: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['forecast', id, 'intervals', queue],
    queryFn: async () => {
      const starts = Array.from({ length: Math.ceil((to - from) / WINDOW) }, (_, i) => from + i * WINDOW)
      const parts = await Promise.all(
        starts.map(start => {
          const query = { queue, levels, from: iso(start), to: iso(Math.min(to, start + WINDOW)), limit: 1000 }
          return pages(after =>
            ok(api.GET('/api/v1/forecasts/{id}/intervals', { params: { path: { id }, query: { ...query, after } } })),
          )
        }),
      )
      return parts.flat()
    },
    staleTime: 60_000,
  })

/** Days or weeks of every queue of a hub; their quantiles are those of sums of sample paths. */
export const rollup = (id: string, hub: string, unit: Exclude<Unit, 'interval'>) =>
  queryOptions({
    queryKey: ['forecast', id, 'rollup', hub, unit],
    queryFn: () =>
      pages(after =>
        ok(
          api.GET('/api/v1/forecasts/rollup', {
            params: { query: { hub, by: 'queue', interval: unit, levels, limit: 1000, after } },
          }),
        ),
      ),
    staleTime: 60_000,
  })

export const ofIntervals = (items: readonly Schemas['ForecastInterval'][], minutes: number) =>
  forecastOf(items.map(i => ({ ...i, start: Date.parse(i.start), end: Date.parse(i.start) + minutes * MINUTE })))

/** Of one queue; a period that the forecast covers in part is left out. */
export const ofRollup = (items: readonly Schemas['RollupPeriod'][], queue: string) =>
  forecastOf(
    items.filter(i => i.key === queue && i.complete).map(i => ({ ...i, start: Date.parse(i.start), end: Date.parse(i.end) })),
  )

export const eventsOf = (hub: string, queue: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['events', hub, queue, from, to],
    queryFn: () =>
      pages(after =>
        ok(api.GET('/api/v1/events', { params: { query: { hub, queue, from: iso(from), to: iso(to), limit: 1000, after } } })),
      ),
    staleTime: 10 * 60_000,
  })

export const drivers = (id: string, queue: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['forecast', id, 'drivers', queue, from, to],
    queryFn: () =>
      ok(
        api.GET('/api/v1/forecasts/{id}/explanation', {
          params: { path: { id }, query: { queue, from: iso(from), to: iso(to), by: 'day' } },
        }),
      ),
    placeholderData: keepPreviousData,
  })

export const adjustments = (id: string, queue: string) =>
  queryOptions({
    queryKey: ['forecast', id, 'adjustments', queue],
    queryFn: () =>
      pages(after =>
        ok(api.GET('/api/v1/forecasts/{id}/adjustments', { params: { path: { id }, query: { queue, limit: 1000, after } } })),
      ),
  })

export const adjust = (id: string, body: Schemas['CreateAdjustmentRequest']) =>
  ok(api.POST('/api/v1/forecasts/{id}/adjustments', { params: { path: { id } }, body }))

export const withdraw = (id: string, adjustment: string) =>
  ok(api.DELETE('/api/v1/forecasts/{id}/adjustments/{adjustment}', { params: { path: { id, adjustment } } }))
