import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Form, Input, Label, Text, TextField } from 'react-aria-components'
import type { Schemas } from '../../api/client'
import type { Span } from '../../charts/fan/model'
import type { Zone } from '../../time/zone'
import { Button, Dialog, Segments } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { Failure } from '../../ui/states'
import { type Change, effectOf, parseNumber } from './model'
import { adjust, intervals } from './queries'
import { words } from './words'

interface AdjustProps {
  forecast: Schemas['ForecastResponse']
  series: Schemas['SeriesForecastResponse']
  span: Span
  zone: Zone
  onClose(): void
  onSaved(): void
}

/** A factor or a number over the time chosen, with a reason; what it does is said before it is done. */
export function Adjust({ forecast, series, span, zone, onClose, onSaved }: AdjustProps) {
  const t = useWords()
  const w = useWords(words)
  const format = useFormat()
  const client = useQueryClient()
  const [how, setHow] = useState<'factor' | 'added'>('factor')
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const number = parseNumber(value)
  const change: Change | null =
    number === null || (how === 'factor' && number < 0) ? null : how === 'factor' ? { factor: number } : { added: number }
  const expected = useQuery(intervals(forecast.id, series.queue, Date.parse(series.start), Date.parse(forecast.end)))
  const effect = change && expected.data ? effectOf(expected.data, span, change) : null
  const run = useMutation({
    mutationFn: (body: Change) => {
      const [from, to] = [new Date(span.from).toISOString(), new Date(span.to).toISOString()]
      return adjust(forecast.id, { queue: series.queue, from, to, reason: reason.trim(), ...body })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['forecast'] })
      onSaved()
    },
  })
  const isReady = change !== null && reason.trim() !== ''
  return (
    <Dialog title={w.adjustTitle} open onClose={onClose}>
      <p>
        {format.momentInZone(span.from, zone)} – {format.moment(span.to, zone)}
      </p>
      <Form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (isReady) run.mutate(change)
        }}
      >
        <Segments<'factor' | 'added'>
          label={w.how}
          value={how}
          options={[
            ['factor', w.hows.factor],
            ['added', w.hows.added],
          ]}
          onChange={setHow}
        />
        <TextField className="field" value={value} onChange={setValue} isRequired autoFocus inputMode="decimal">
          <Label>{w.value}</Label>
          <Input placeholder={how === 'factor' ? '1.2' : '5'} />
        </TextField>
        <TextField className="field" value={reason} onChange={setReason} isRequired maxLength={500}>
          <Label>{w.reason}</Label>
          <Input />
          <Text slot="description" className="small muted">
            {w.reasonHelp}
          </Text>
        </TextField>
        <p role="status">{effect ? w.effect(format.signed(effect.contacts), format.signed(effect.hours)) : ' '}</p>
        {run.error && <Failure error={run.error} />}
        <div className="row">
          <span className="grow" />
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button kind="primary" type="submit" isDisabled={!isReady || run.isPending}>
            {t.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
