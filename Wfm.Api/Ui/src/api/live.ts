import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Listens to the named server-sent events of a path; the browser asks again by itself, with the last event it had. A handler that says `end` ends it. */
export function follow(path: string, handlers: Record<string, (data: string) => 'end' | undefined>): () => void {
  const source = new EventSource(path)
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, event => {
      if (handle((event as MessageEvent<string>).data) === 'end') source.close()
    })
  }
  return () => source.close()
}

/** Asks the queries again that begin with `key` when the stream says one of the words; several within `pause` milliseconds count as one. */
export function useLive(path: string | null, words: readonly string[], key: QueryKey, pause = 400): void {
  const client = useQueryClient()
  const [names, name] = [words.join(), JSON.stringify(key)]
  useEffect(() => {
    if (!path) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const again = (): undefined => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: JSON.parse(name) as QueryKey })
      }, pause)
    }
    const close = follow(path, Object.fromEntries(names.split(',').map(word => [word, again])))
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [client, path, names, name, pause])
}
