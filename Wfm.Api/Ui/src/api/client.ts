import createClient from 'openapi-fetch'
import { ApiProblem } from './problems'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** The public API, typed by its own document. */
export const api = createClient<paths>({ baseUrl: '/' })

interface Call<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of an answer, or a thrown `ApiProblem`: queries have one kind of error to show. */
export async function ok<T>(call: Promise<Call<T>>): Promise<T> {
  const { data, error, response } = await answered(call)
  if (error !== undefined || !response.ok) throw new ApiProblem(response.status, error as Schemas['Problem'] | undefined)
  return data as T
}

/** The same with the `ETag` of the answer, for a later `If-Match`. */
export async function tagged<T>(call: Promise<Call<T>>): Promise<{ data: T; etag: string }> {
  const answer = await answered(call)
  const { data, error, response } = answer
  if (error !== undefined || !response.ok) throw new ApiProblem(response.status, error as Schemas['Problem'] | undefined)
  return { data: data as T, etag: response.headers.get('ETag') ?? '' }
}

/** Every item of a list that comes in pages. */
export async function pages<T>(page: (after?: string) => Promise<{ items: T[]; next?: string | null }>): Promise<T[]> {
  const items: T[] = []
  for (let after: string | undefined; ; ) {
    const answer = await page(after)
    items.push(...answer.items)
    if (!answer.next) return items
    after = answer.next
  }
}

async function answered<T>(call: Promise<Call<T>>): Promise<Call<T>> {
  try {
    return await call
  } catch (error) {
    if (error instanceof TypeError) throw new ApiProblem(0, undefined) // fetch says so when nobody answers
    throw error
  }
}
