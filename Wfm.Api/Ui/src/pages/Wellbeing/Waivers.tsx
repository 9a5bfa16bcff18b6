import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schemas } from '../../api/client'
import { Button, Chip, Dialog } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Field } from '../../ui/fields'
import { useMay, useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Failure } from '../../ui/states'
import { revoke, waivers } from './queries'
import { words } from './words'

type Waiver = Schemas['WaiverResponse']

/** Exceptions from rules of the organisation: for whom, why, until when, and the rest that makes up for them. */
export function Waivers({ hub }: { hub: string }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const [may, mayManage] = [useMay('readRosters'), useMay('manageWaivers')]
  const query = useQuery({ ...waivers(hub), enabled: may })
  const [chosen, setChosen] = useState<Waiver | null>(null)
  if (!may) return null
  const columns: Column<Waiver>[] = [
    { head: w.rule, value: x => x.rule },
    {
      head: w.state,
      value: x => w.waiverStates[x.state],
      show: x => <Chip tone={x.state === 'inForce' ? 'warn' : undefined}>{w.waiverStates[x.state]}</Chip>,
    },
    { head: w.byUpTo, value: x => `${format.figure(x.maximumAmount)} ${w.units[x.unit] ?? x.unit}` },
    { head: w.whom, value: x => x.agents.join(', ') || w.everybody },
    { head: w.fromTo, value: x => `${x.from} – ${x.to}` },
    { head: w.expires, value: x => x.expiresAt, show: x => format.moment(Date.parse(x.expiresAt), zone) },
    { head: w.reason, value: x => x.reason },
    { head: w.approvedBy, value: x => x.approvedBy },
    { head: w.rest, value: x => w.restOf(format.hours(x.restHours), x.restBy) },
    { head: w.useCount, value: x => x.uses, number: true },
    ...(mayManage
      ? [
          {
            head: w.revoke,
            value: () => '',
            show: (x: Waiver) =>
              x.state === 'inForce' || x.state === 'crisisAhead' ? (
                <Button kind="quiet" aria-label={`${w.revoke} ${x.rule}`} onPress={() => setChosen(x)}>
                  {w.revoke}
                </Button>
              ) : null,
          },
        ]
      : []),
  ]
  return (
    <section className="card stack" aria-label={w.waivers}>
      <h2 className="padded">
        {w.waivers} <span className="small muted">{w.waiversNote}</span>
      </h2>
      <Await query={query} skeleton={<Bars rows={3} />}>
        {all =>
          all.length === 0 ? (
            <p className="padded muted">{w.noWaivers}</p>
          ) : (
            <DataTable caption={w.waivers} columns={columns} rows={all} rowKey={x => x.id} />
          )
        }
      </Await>
      {chosen && <Revoke waiver={chosen} onClose={() => setChosen(null)} />}
    </section>
  )
}

function Revoke({ waiver, onClose }: { waiver: Waiver; onClose(): void }) {
  const w = useWords(words)
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const revoking = useMutation({
    mutationFn: () => revoke(waiver, reason.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['waivers'] })
      onClose()
    },
  })
  return (
    <Dialog title={`${w.revoke}: ${waiver.rule}`} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (reason.trim()) revoking.mutate()
        }}
      >
        <Field label={w.reason} value={reason} onChange={setReason} required />
        {revoking.error && <Failure error={revoking.error} />}
        <div>
          <Button type="submit" kind="primary" isDisabled={!reason.trim() || revoking.isPending}>
            {w.revoke}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
