import { queryOptions } from '@tanstack/react-query'
import { api, ok } from '../../api/client'
import { MINUTE } from '../../time/zone'

export const requirement = (id: string) =>
  queryOptions({
    queryKey: ['requirement', id],
    queryFn: () => ok(api.GET('/api/v1/requirements/{id}', { params: { path: { id } } })),
    staleTime: 10 * 60_000,
  })

/** How one interval of a queue gets from volume to heads, at one probability. */
export const intervalOf = (id: string, queue: string, riskLevel: number, at: string, minutes: number) =>
  queryOptions({
    queryKey: ['requirement', id, 'interval', queue, riskLevel, at],
    queryFn: async () => {
      const query = { queue, riskLevel, from: at, to: new Date(Date.parse(at) + minutes * MINUTE).toISOString(), limit: 1 }
      const { items } = await ok(api.GET('/api/v1/requirements/{id}/intervals', { params: { path: { id }, query } }))
      return items[0]?.waterfall ?? null
    },
    staleTime: 10 * 60_000,
  })
