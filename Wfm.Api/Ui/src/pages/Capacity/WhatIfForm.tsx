import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button, Dialog, Meter } from '../../ui/controls'
import { Field } from '../../ui/fields'
import { useWords } from '../../ui/preferences'
import { Failure } from '../../ui/states'
import { isOver } from '../Jobs/model'
import { job } from '../Jobs/queries'
import { copyOf, type Plan, whatIfOf } from './model'
import { copy, plansOf } from './queries'
import { words } from './words'

interface WhatIfProps {
  plan: Plan
  onClose(): void
  onMade(id: string): void
}

/** The same plan with other assumptions, beside the one it came from. */
export function WhatIfForm({ plan, onClose, onMade }: WhatIfProps) {
  const w = useWords(words)
  const client = useQueryClient()
  const [form, setForm] = useState(() => {
    const { attrition, trainingWeeks } = whatIfOf(plan)
    return {
      name: '',
      attrition: String(Math.round(attrition * 1000) / 10),
      trainingWeeks: String(trainingWeeks),
      factor: '100',
      classHeads: '0',
      classWeek: '0',
    }
  })
  const set = (key: keyof typeof form) => (value: string) => setForm(f => ({ ...f, [key]: value }))
  const number = (text: string) => Number(text.replace(',', '.'))
  const whatIf = {
    name: form.name,
    attrition: number(form.attrition) / 100,
    trainingWeeks: number(form.trainingWeeks),
    factor: number(form.factor) / 100,
    classHeads: number(form.classHeads),
    classWeek: number(form.classWeek),
  }
  const fits =
    form.name.trim() !== '' &&
    Object.values(whatIf).every(v => typeof v === 'string' || (Number.isFinite(v) && v >= 0)) &&
    whatIf.factor > 0
  const make = useMutation({
    mutationFn: () => copy(plan.id, copyOf(plan, whatIf, w.className(form.classWeek))),
    onSuccess: async answer => {
      await client.invalidateQueries({ queryKey: plansOf(plan.hub).queryKey })
      if ('id' in answer) onMade(answer.id)
    },
  })
  const id = make.data && 'jobId' in make.data ? make.data.jobId : undefined
  const running = useQuery({
    ...job(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: q => (q.state.data && isOver(q.state.data.state) ? false : 800),
  })
  const result = running.data?.state === 'succeeded' ? running.data.result : null
  useEffect(() => {
    if (!result) return
    void client
      .invalidateQueries({ queryKey: plansOf(plan.hub).queryKey })
      .then(() => onMade(result.slice(result.lastIndexOf('/') + 1)))
  }, [result, client, plan.hub, onMade])
  const busy = make.isPending || (id !== undefined && !(running.data && isOver(running.data.state)))
  return (
    <Dialog title={w.whatIf} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault()
          if (fits) make.mutate()
        }}
      >
        <p className="muted">{w.whatIfNote(plan.name)}</p>
        <Field label={w.name} value={form.name} onChange={set('name')} required />
        <div className="fields">
          <Field
            label={`${w.attrition} (%)`}
            type="number"
            min={0}
            max={300}
            step="any"
            value={form.attrition}
            onChange={set('attrition')}
          />
          <Field
            label={w.trainingWeeks}
            type="number"
            min={0}
            max={52}
            step={1}
            value={form.trainingWeeks}
            onChange={set('trainingWeeks')}
          />
          <Field
            label={`${w.requirementTimes} (%)`}
            type="number"
            min={1}
            max={1000}
            step="any"
            value={form.factor}
            onChange={set('factor')}
          />
          <Field
            label={w.classHeads}
            type="number"
            min={0}
            max={10_000}
            step={1}
            value={form.classHeads}
            onChange={set('classHeads')}
          />
          <Field
            label={w.classWeek}
            type="number"
            min={0}
            max={plan.weeks - 1}
            step={1}
            value={form.classWeek}
            onChange={set('classWeek')}
          />
        </div>
        {busy && <Meter value={running.data?.progress ?? 0} label={w.computing} />}
        {make.error && <Failure error={make.error} />}
        {running.data?.error && (
          <p role="alert" data-tone="bad">
            {running.data.error}
          </p>
        )}
        <div>
          <Button type="submit" kind="primary" isDisabled={!fits || busy}>
            {w.compute}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
