import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { ApiProblem } from '../api/problems'
import type { Permission } from '../api/queries'
import { Button } from './controls'
import { useFormat, useWords } from './preferences'

interface AwaitProps<T> {
  query: UseQueryResult<T>
  /** The shape of what comes, shown after 150 ms. */
  skeleton?: ReactNode
  children(data: T): ReactNode
}

/** A query's picture once it is there: before that a skeleton, after a failure the reason, and the last good picture grey with its age. */
export function Await<T>({ query, skeleton, children }: AwaitProps<T>) {
  const format = useFormat()
  const t = useWords()
  if (query.data !== undefined && !query.error) return children(query.data)
  if (query.error && query.data !== undefined) {
    return (
      <>
        <Failure error={query.error} retry={query.refetch} note={t.asOf(format.ago(query.dataUpdatedAt, Date.now()))} />
        <div className="stack aged">{children(query.data)}</div>
      </>
    )
  }
  return query.error ? <Failure error={query.error} retry={query.refetch} /> : <Loading>{skeleton}</Loading>
}

/** Nothing for 150 ms, then the skeleton: what comes at once does not flicker. */
export function Loading({ children }: { children?: ReactNode }) {
  const t = useWords()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-busy="true" aria-label={t.loading} className="stack grow">
      {late && (children ?? <Bars />)}
    </div>
  )
}

export function Bars({ rows = 8 }: { rows?: number }) {
  return (
    <div className="stack padded">
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="skeleton" style={{ width: `${58 + ((i * 37) % 40)}%` }} />
      ))}
    </div>
  )
}

/** What is missing, and what to do about it. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <p>{children}</p>
      {action}
    </div>
  )
}

export function Failure({ error, retry, note }: { error: unknown; retry?: () => unknown; note?: string }) {
  const t = useWords()
  const problem = error instanceof ApiProblem ? error : undefined
  const title = problem?.status === 403 ? t.noPermission : (problem?.problem?.title ?? t.failed)
  const detail = problem?.status === 0 ? t.offline : error instanceof Error ? error.message : String(error)
  return (
    <div className="state" role="alert">
      <h2>{title}</h2>
      {detail !== title && <p>{detail}</p>}
      {problem?.lines.map(line => (
        <p key={line}>{line}</p>
      ))}
      {problem?.status === 403 && <p className="muted">{t.whoGrants}</p>}
      {note && <p className="muted">{note}</p>}
      {problem?.traceId && (
        <p className="small muted">
          {t.trace} <code>{problem.traceId}</code>
        </p>
      )}
      {retry && problem?.status !== 403 && <Button onPress={() => void retry()}>{t.tryAgain}</Button>}
    </div>
  )
}

/** A page that the reader may not see: which permission it needs and who grants it. */
export function NoPermission({ permission }: { permission: Permission }) {
  const t = useWords()
  return (
    <div className="state">
      <h2>{t.noPermission}</h2>
      <p>{t.missingPermission(permission)}</p>
      <p className="muted">{t.whoGrants}</p>
    </div>
  )
}

/** There is something newer than what is shown. */
export function Stale({ children, onShow }: { children: ReactNode; onShow(): void }) {
  const t = useWords()
  return (
    <div className="card notice" role="status">
      <span>{children}</span>
      <Button kind="quiet" onPress={onShow}>
        {t.show}
      </Button>
    </div>
  )
}
