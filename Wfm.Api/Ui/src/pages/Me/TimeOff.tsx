import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNow } from '../../time/now'
import type { Zone } from '../../time/zone'
import { Button, Chip, Figure } from '../../ui/controls'
import { Field } from '../../ui/fields'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Failure } from '../../ui/states'
import { isOpen, type LeaveRequest, reasonOf, stateTone } from './model'
import { askLeave, myBalances, myRequests, takeBack } from './queries'
import { words } from './words'

/** Hours that are left, a request and its answer with the rule that decided. */
export function TimeOff({ zone }: { zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const balances = useQuery(myBalances)
  return (
    <section className="card padded stack" aria-label={w.timeOff}>
      <h2>{w.timeOff}</h2>
      <Await query={balances} skeleton={<Bars rows={1} />}>
        {all => (
          <>
            <div className="figures">
              {all.map(b => (
                <Figure
                  key={b.type}
                  value={format.hours(b.availableHours)}
                  label={w.left(b.name)}
                  formula={w.leftFormula(format.hours(b.hours), format.hours(b.bookedHours), format.hours(b.pendingHours))}
                />
              ))}
            </div>
            {all.length > 0 ? <Ask types={all} today={zone.date(Date.now())} /> : <p className="muted">{w.noTypes}</p>}
          </>
        )}
      </Await>
      <Requests zone={zone} />
    </section>
  )
}

function Ask({ types, today }: { types: readonly { type: string; name: string }[]; today: string }) {
  const w = useWords(words)
  const client = useQueryClient()
  const [type, setType] = useState(types[0].type)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const ask = useMutation({
    mutationFn: () => askLeave({ type, from, to: to || from, note: note.trim() || null, wait: true }),
    onSuccess: () => {
      setFrom('')
      setTo('')
      setNote('')
      return client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const ready = from !== '' && (to === '' || to >= from)
  return (
    <form
      className="stack"
      onSubmit={event => {
        event.preventDefault()
        if (ready) ask.mutate()
      }}
    >
      <div className="fields">
        <div className="field">
          <label className="small" htmlFor="leave-type">
            {w.type}
          </label>
          <select id="leave-type" value={type} onChange={event => setType(event.target.value)}>
            {types.map(t => (
              <option key={t.type} value={t.type}>
                {t.name}
              </option>
            ))}
          </select>
        </div>
        <Field label={w.firstDay} type="date" min={today} value={from} onChange={setFrom} required />
        <Field
          label={w.lastDay}
          type="date"
          min={from || today}
          value={to}
          onChange={setTo}
          error={to !== '' && to < from ? w.endsBefore : undefined}
        />
        <Field label={w.note} value={note} onChange={setNote} />
      </div>
      {ask.error && <Failure error={ask.error} />}
      {ask.data && <Answer request={ask.data} />}
      <div>
        <Button type="submit" kind="primary" isDisabled={!ready || ask.isPending}>
          {w.askFor}
        </Button>
      </div>
    </form>
  )
}

function Answer({ request }: { request: LeaveRequest }) {
  const w = useWords(words)
  return (
    <div className="notice card" data-tone={stateTone(request.state)} role="status">
      <span className="mark">{w.states[request.state]}</span>
      <span>
        {request.decidedBy && `${w.rules[request.decidedBy]}. `}
        {reasonOf(request).join(' ')}
        {request.position != null && ` ${w.position(String(request.position))}`}
      </span>
    </div>
  )
}

function Requests({ zone }: { zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const now = useNow()
  const query = useQuery(myRequests)
  const client = useQueryClient()
  const back = useMutation({ mutationFn: takeBack, onSettled: () => client.invalidateQueries({ queryKey: ['me'] }) })
  return (
    <Await query={query} skeleton={<Bars rows={2} />}>
      {all => (
        <>
          {back.error && <Failure error={back.error} />}
          <ul className="me-list">
            {all
              .toSorted((a, b) => b.askedAt.localeCompare(a.askedAt))
              .slice(0, 12)
              .map(r => (
                <li key={r.id}>
                  <Chip tone={stateTone(r.state)}>{w.states[r.state]}</Chip>{' '}
                  <b>
                    {format.day(Date.parse(r.start), zone)} – {format.day(Date.parse(r.end) - 1, zone)}
                  </b>{' '}
                  <span className="muted">
                    {r.type} · {format.hours(r.hours)}
                  </span>
                  {r.decidedBy && <span className="small"> · {w.rules[r.decidedBy]}</span>}
                  {reasonOf(r).map(text => (
                    <p key={text} className="small muted">
                      {text}
                    </p>
                  ))}
                  {r.history.at(-1)?.reason && <p className="small muted">{r.history.at(-1)?.reason}</p>}
                  {isOpen(r, now) && (
                    <Button kind="quiet" isDisabled={back.isPending} onPress={() => back.mutate(r)}>
                      {w.takeBack}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        </>
      )}
    </Await>
  )
}
