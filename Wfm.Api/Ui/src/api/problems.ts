import type { components } from './schema'

type Problem = components['schemas']['Problem']

/** An answer of the server that is no success, as `application/problem+json`; status 0 when it did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? problem?.title ?? (status ? `HTTP ${status}` : ''))
    this.status = status
    this.problem = problem
  }

  get traceId(): string | undefined {
    return this.problem?.traceId ?? undefined
  }

  /** What is wrong with single fields, one line each. */
  get lines(): string[] {
    return Object.entries((this.problem?.errors ?? {}) as Record<string, string[]>).flatMap(([field, texts]) =>
      texts.map(text => (field ? `${field}: ${text}` : text)),
    )
  }

  /** True when asking again can help: nobody answered, or the server was busy. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502
  }
}

export const isStatus = (error: unknown, status: number) => error instanceof ApiProblem && error.status === status
