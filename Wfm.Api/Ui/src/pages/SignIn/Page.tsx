import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Logo } from '../../shell/Logo'
import { Button } from '../../ui/controls'
import { useWords } from '../../ui/preferences'
import { words } from './words'

const route = getRouteApi('/sign-in')

/** How to come in. */
export function SignIn() {
  const w = useWords(words)
  const { next } = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  const again = async () => {
    queries.clear()
    await router.navigate({ to: next ?? '/' })
  }
  return (
    <main className="state">
      <h1 className="row">
        <Logo size={26} /> {w.title}
      </h1>
      <p>{w.link}</p>
      <Button onPress={again}>{w.again}</Button>
    </main>
  )
}
