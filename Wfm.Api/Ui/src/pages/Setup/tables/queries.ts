import { queryOptions } from '@tanstack/react-query'
import { api, ok, pages, type Schemas } from '../../../api/client'

const all = { limit: 1000 }

export const templates = (hub: string) =>
  queryOptions({
    queryKey: ['shift-templates', hub],
    queryFn: () => pages(after => ok(api.GET('/api/v1/shift-templates', { params: { query: { ...all, hub, after } } }))),
  })

export const contracts = queryOptions({
  queryKey: ['contracts'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/contracts', { params: { query: { ...all, after } } }))),
})

export const policies = queryOptions({
  queryKey: ['labour-policies'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/labour-policies', { params: { query: { ...all, after } } }))),
})

export const events = (hub: string) =>
  queryOptions({
    queryKey: ['events', hub],
    queryFn: () => pages(after => ok(api.GET('/api/v1/events', { params: { query: { ...all, hub, after } } }))),
  })

export const keys = queryOptions({
  queryKey: ['api-keys'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/api-keys', { params: { query: { ...all, after } } }))),
})

export const roles = queryOptions({
  queryKey: ['roles'],
  queryFn: () => pages(after => ok(api.GET('/api/v1/roles', { params: { query: { ...all, after } } }))),
})

const on = (code: string) => ({ params: { path: { code } } })
const match = (row: { code: string; etag: string }) => ({
  params: { path: { code: row.code }, header: { 'If-Match': row.etag } },
})

/** What a `PUT` takes of a row that a list gave: without what only the server writes. */
function body<T extends object>(row: T): Omit<T, 'etag' | 'version' | 'updatedAt' | 'paidMinutes'> {
  const { etag, version, updatedAt, paidMinutes, ...rest } = row as T & Record<string, unknown>
  return rest as Omit<T, 'etag' | 'version' | 'updatedAt' | 'paidMinutes'>
}

type Row<K extends keyof Schemas> = Schemas[K]

export const hub = {
  get: (row: Row<'HubResponse'>) => ok(api.GET('/api/v1/hubs/{code}', on(row.code))),
  put: (row: Row<'HubResponse'>) => ok(api.PUT('/api/v1/hubs/{code}', { ...match(row), body: body(row) })),
}

export const queue = {
  get: (row: Row<'QueueResponse'>) => ok(api.GET('/api/v1/queues/{code}', on(row.code))),
  put: (row: Row<'QueueResponse'>) => ok(api.PUT('/api/v1/queues/{code}', { ...match(row), body: body(row) })),
}

export const agent = {
  get: (row: Row<'AgentResponse'>) => ok(api.GET('/api/v1/agents/{code}', on(row.code))),
  put: (row: Row<'AgentResponse'>) => ok(api.PUT('/api/v1/agents/{code}', { ...match(row), body: body(row) })),
}

export const template = {
  get: (row: Row<'ShiftTemplateResponse'>) => ok(api.GET('/api/v1/shift-templates/{code}', on(row.code))),
  put: (row: Row<'ShiftTemplateResponse'>) => ok(api.PUT('/api/v1/shift-templates/{code}', { ...match(row), body: body(row) })),
}

export const contract = {
  get: (row: Row<'ContractResponse'>) => ok(api.GET('/api/v1/contracts/{code}', on(row.code))),
  put: (row: Row<'ContractResponse'>) => ok(api.PUT('/api/v1/contracts/{code}', { ...match(row), body: body(row) })),
}

export const event = {
  get: (row: Row<'EventResponse'>) => ok(api.GET('/api/v1/events/{code}', on(row.code))),
  put: (row: Row<'EventResponse'>) => ok(api.PUT('/api/v1/events/{code}', { ...match(row), body: body(row) })),
}

export const policy = {
  put: (row: Row<'LabourPolicyResponse'>) =>
    ok(
      api.PUT('/api/v1/labour-policies/{code}/{validFrom}', {
        params: { path: { code: row.code, validFrom: row.validFrom }, header: { 'If-Match': row.etag } },
        body: body(row),
      }),
    ),
}

export const makeKey = (request: Schemas['ApiKeyRequest']) => ok(api.POST('/api/v1/api-keys', { body: request }))
export const revokeKey = (id: string) => ok(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }))
