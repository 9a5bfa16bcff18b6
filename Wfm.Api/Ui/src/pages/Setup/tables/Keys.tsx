import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { hubs } from '../../../api/queries'
import { useNow } from '../../../time/now'
import { Button, Chip } from '../../../ui/controls'
import { DataTable } from '../../../ui/DataTable'
import { Checks, Field } from '../../../ui/fields'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await, Failure } from '../../../ui/states'
import { words } from '../words'
import { keys, makeKey, revokeKey, roles } from './queries'

type Key = Schemas['ApiKeyResponse']

/** Who may come in; a key is shown once, when it is made. */
export function Keys() {
  const w = useWords(words)
  const t = useWords()
  const format = useFormat()
  const now = useNow()
  const query = useQuery(keys)
  const client = useQueryClient()
  const revoke = useMutation({ mutationFn: revokeKey, onSuccess: () => client.invalidateQueries({ queryKey: keys.queryKey }) })
  const [sure, setSure] = useState<string | null>(null)
  const ago = (at?: string | null) => (at ? format.ago(Date.parse(at), now) : t.never)
  return (
    <>
      <MakeKey />
      {revoke.error && <Failure error={revoke.error} />}
      <Await query={query}>
        {rows => (
          <div className="card stack setup-table">
            <DataTable
              caption={w.parts.keys}
              rows={rows}
              rowKey={k => k.id}
              columns={[
                { head: w.name, value: (k: Key) => k.name },
                { head: w.prefix, value: k => k.prefix },
                { head: w.role, value: k => k.role },
                { head: w.hub, value: k => k.hubs.join(', ') || k.agent || w.everyHub },
                { head: w.made, value: k => k.createdAt, show: k => ago(k.createdAt) },
                { head: w.used, value: k => k.lastUsedAt, show: k => ago(k.lastUsedAt) },
                { head: w.expires, value: k => k.expiresAt, show: k => (k.expiresAt ? ago(k.expiresAt) : t.never) },
                {
                  head: w.revoked,
                  value: k => k.revokedAt,
                  show: k =>
                    k.revokedAt ? (
                      <Chip>{ago(k.revokedAt)}</Chip>
                    ) : sure === k.id ? (
                      <Button isDisabled={revoke.isPending} onPress={() => revoke.mutate(k.id)}>
                        {w.revokeSure}
                      </Button>
                    ) : (
                      <Button kind="quiet" aria-label={`${w.revoke} ${k.name}`} onPress={() => setSure(k.id)}>
                        {w.revoke}
                      </Button>
                    ),
                },
              ]}
            />
          </div>
        )}
      </Await>
    </>
  )
}

function MakeKey() {
  const w = useWords(words)
  const { data: all = [] } = useQuery(roles)
  const { data: known = [] } = useQuery(hubs)
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState('planner')
  const [inHubs, setHubs] = useState<string[]>([])
  const [agent, setAgent] = useState('')
  const make = useMutation({
    mutationFn: () => makeKey({ name: name.trim(), role, hubs: role === 'agent' ? [] : inHubs, agent: agent.trim() || null }),
    onSuccess: () => {
      setName('')
      return client.invalidateQueries({ queryKey: keys.queryKey })
    },
  })
  return (
    <details className="card padded">
      <summary>{w.makeKey}</summary>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (name.trim()) make.mutate()
        }}
      >
        <div className="fields">
          <Field label={w.name} value={name} onChange={setName} required />
          <div className="field">
            <label className="small" htmlFor="key-role">
              {w.role}
            </label>
            <select id="key-role" value={role} onChange={event => setRole(event.target.value)}>
              {all.map(r => (
                <option key={r.code} value={r.code}>
                  {r.code}: {r.name}
                </option>
              ))}
            </select>
          </div>
          <Field label={w.ofPerson} value={agent} onChange={setAgent} required={role === 'agent'} hint={w.ofPersonHint} />
        </div>
        {role !== 'agent' && (
          <Checks label={w.onlyHubs} options={known.map(h => [h.code, h.name] as const)} chosen={inHubs} onChange={setHubs} />
        )}
        {make.error && <Failure error={make.error} />}
        {make.data && (
          <p role="status">
            {w.keyIs} <code>{make.data.key}</code>
          </p>
        )}
        <div>
          <Button type="submit" kind="primary" isDisabled={!name.trim() || make.isPending}>
            {w.makeKey}
          </Button>
        </div>
      </form>
    </details>
  )
}
