import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { Form, Input, Label, TextField } from 'react-aria-components'
import { api, ok } from '../../api/client'
import { me } from '../../api/queries'
import { Logo } from '../../shell/Logo'
import { Button } from '../../ui/controls'
import { useWords } from '../../ui/preferences'
import { Failure } from '../../ui/states'
import { words } from './words'

const route = getRouteApi('/sign-in')

/** How to come in: with a key, which becomes a cookie that no script can read; or by a link. */
export function SignIn() {
  const w = useWords(words)
  const { next } = route.useSearch()
  const router = useRouter()
  const queries = useQueryClient()
  const [key, setKey] = useState('')
  const run = useMutation({
    mutationFn: () => ok(api.POST('/api/v1/session', { body: { key: key.trim() } })),
    onSuccess: async signedIn => {
      queries.clear()
      queries.setQueryData(me.queryKey, signedIn.me)
      await (next ? router.navigate({ href: next }) : router.navigate({ to: '/' }))
    },
  })
  return (
    <main className="sign-in">
      <Form
        className="card padded stack"
        onSubmit={event => {
          event.preventDefault()
          run.mutate()
        }}
      >
        <h1 className="row">
          <Logo size={26} /> {w.title}
        </h1>
        <TextField
          className="field"
          type="password"
          value={key}
          onChange={setKey}
          isRequired
          autoFocus
          autoComplete="current-password"
        >
          <Label>{w.key}</Label>
          <Input />
        </TextField>
        {run.error && <Failure error={run.error} />}
        <Button kind="primary" type="submit" isDisabled={run.isPending || key.trim() === ''}>
          {w.signIn}
        </Button>
        <p className="small muted">{w.stays}</p>
        <p className="small muted">{w.link}</p>
      </Form>
    </main>
  )
}
