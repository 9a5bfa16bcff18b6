import { queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from '../../api/client'

const all = { limit: 200 }

export const myShifts = (from: string, to: string) =>
  queryOptions({
    queryKey: ['me', 'shifts', from, to],
    queryFn: () => pages(after => ok(api.GET('/api/v1/me/shifts', { params: { query: { ...all, from, to, after } } }))),
  })

export const myChanges = queryOptions({
  queryKey: ['me', 'changes'],
  queryFn: () => ok(api.GET('/api/v1/me/changes')),
})

export const seeChanges = (etag: string) => ok(api.POST('/api/v1/me/changes:seen', { params: { header: { 'If-Match': etag } } }))

export const myRequests = queryOptions({
  queryKey: ['me', 'requests'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/me/time-off-requests', { params: { query: { ...all, after } } }))),
})

export const myBalances = queryOptions({
  queryKey: ['me', 'balances'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/me/balances', { params: { query: { ...all, after } } }))),
})

export const askLeave = (body: Schemas['AskLeaveRequest']) => ok(api.POST('/api/v1/me/time-off-requests', { body }))

/** Takes a request back: one that is not decided is withdrawn, approved leave is cancelled. */
export const takeBack = ({ id, state }: Schemas['LeaveRequestResponse']) => {
  const call = { params: { path: { id } }, body: {} }
  return state === 'approved'
    ? ok(api.POST('/api/v1/me/time-off-requests/{id}:cancel', call))
    : ok(api.POST('/api/v1/me/time-off-requests/{id}:withdraw', call))
}

export const mySwaps = queryOptions({
  queryKey: ['me', 'swaps'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/me/swaps', { params: { query: { ...all, after } } }))),
})

export const myOffers = queryOptions({
  queryKey: ['me', 'offers'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/me/offers', { params: { query: { ...all, after } } }))),
})

export const myOpenShifts = queryOptions({
  queryKey: ['me', 'open-shifts'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/me/open-shifts', { params: { query: { ...all, after } } }))),
})

const decided = ({ id, etag }: { id: string; etag: string }) => ({
  params: { path: { id }, header: { 'If-Match': etag } },
  body: {},
})

export const askSwap = (body: Schemas['AskSwapRequest']) => ok(api.POST('/api/v1/me/swaps', { body }))
export const withdrawSwap = (swap: Schemas['MySwapResponse']) => ok(api.POST('/api/v1/me/swaps/{id}:withdraw', decided(swap)))
export const acceptOffer = (swap: Schemas['MySwapResponse']) => ok(api.POST('/api/v1/me/offers/{id}:accept', decided(swap)))
export const refuseOffer = (swap: Schemas['MySwapResponse']) => ok(api.POST('/api/v1/me/offers/{id}:refuse', decided(swap)))
export const takeOpen = (id: string) => ok(api.POST('/api/v1/me/open-shifts/{id}:take', { params: { path: { id } }, body: {} }))

export const myExposure = queryOptions({
  queryKey: ['me', 'exposure'],
  queryFn: () => ok(api.GET('/api/v1/me/exposure')),
})
