import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNow } from '../../time/now'
import type { Zone } from '../../time/zone'
import { Button, Dialog, Segments } from '../../ui/controls'
import { Download } from '../../ui/Download'
import { Field } from '../../ui/fields'
import { useFormat, useWords } from '../../ui/preferences'
import { Empty, Failure } from '../../ui/states'
import type { Shift } from './model'
import { Bar } from './NextShift'
import { askSwap } from './queries'
import { words } from './words'

/** Shifts of the next weeks; each can be given away or exchanged. */
export function Coming({ shifts, zone }: { shifts: readonly Shift[]; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const now = useNow()
  const [asked, setAsked] = useState<Shift | null>(null)
  const coming = shifts.filter(s => Date.parse(s.end) > now).toSorted((a, b) => a.start.localeCompare(b.start))
  const hours = coming.reduce((sum, s) => sum + s.paidMinutes, 0) / 60
  return (
    <section className="card padded stack" aria-label={w.coming}>
      <div className="row">
        <h2 className="grow">
          {w.coming} <span className="small muted">{w.shiftsAndHours(String(coming.length), format.hours(hours))}</span>
        </h2>
        <Download
          name="my-shifts"
          columns={[
            { head: w.date, value: (s: Shift) => s.date },
            { head: w.start, value: s => s.localStart },
            { head: w.end, value: s => s.localEnd },
            { head: w.paidHours, value: s => s.paidMinutes / 60 },
          ]}
          rows={coming}
        />
      </div>
      {coming.length === 0 && <Empty>{w.noShift}</Empty>}
      <ul className="me-list">
        {coming.map(shift => (
          <li key={shift.start} className="me-shift">
            <span>
              {format.day(Date.parse(shift.start), zone)}{' '}
              <b>{format.range(Date.parse(shift.start), Date.parse(shift.end), zone)}</b>
            </span>
            <Bar shift={shift} />
            {Date.parse(shift.start) > now && (
              <Button
                kind="quiet"
                aria-label={`${w.swap} ${format.day(Date.parse(shift.start), zone)}`}
                onPress={() => setAsked(shift)}
              >
                {w.swap}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && <AskSwap shift={asked} zone={zone} onClose={() => setAsked(null)} />}
    </section>
  )
}

function AskSwap({ shift, zone, onClose }: { shift: Shift; zone: Zone; onClose(): void }) {
  const w = useWords(words)
  const format = useFormat()
  const client = useQueryClient()
  const [kind, setKind] = useState<'giveAway' | 'exchange'>('giveAway')
  const [other, setOther] = useState('')
  const [otherDate, setOtherDate] = useState('')
  const [reason, setReason] = useState('')
  const ask = useMutation({
    mutationFn: () =>
      askSwap({
        kind,
        date: shift.date,
        other: other.trim() || null,
        otherDate: kind === 'exchange' ? otherDate : null,
        reason: reason.trim() || null,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] })
      onClose()
    },
  })
  const ready = kind === 'giveAway' || (other.trim() !== '' && otherDate !== '')
  return (
    <Dialog
      title={`${w.swap}: ${format.day(Date.parse(shift.start), zone)} ${format.range(Date.parse(shift.start), Date.parse(shift.end), zone)}`}
      open
      onClose={onClose}
    >
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (ready) ask.mutate()
        }}
      >
        <Segments<'giveAway' | 'exchange'>
          label={w.swap}
          value={kind}
          options={[
            ['giveAway', w.giveAway],
            ['exchange', w.exchange],
          ]}
          onChange={setKind}
        />
        <p className="muted">{kind === 'giveAway' ? w.giveAwayNote : w.exchangeNote}</p>
        <Field
          label={w.colleague}
          value={other}
          onChange={setOther}
          required={kind === 'exchange'}
          hint={kind === 'giveAway' ? w.anybody : undefined}
        />
        {kind === 'exchange' && <Field label={w.theirDate} type="date" value={otherDate} onChange={setOtherDate} required />}
        <Field label={w.reason} value={reason} onChange={setReason} />
        {ask.error && <Failure error={ask.error} />}
        <div className="row">
          <Button type="submit" kind="primary" isDisabled={!ready || ask.isPending}>
            {w.ask}
          </Button>
          <span className="small muted">{w.checkedForBoth}</span>
        </div>
      </form>
    </Dialog>
  )
}
