import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import './capacity.css'
import type { Hub } from '../../api/queries'
import { Button, Choice, Figure } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useHub, useMay, useZone } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Empty, NoPermission } from '../../ui/states'
import { Hires } from './Hires'
import { below, type Plan, type Week, worstOf } from './model'
import { Picture } from './Picture'
import { hiresOf, plansOf, weeksOf } from './queries'
import { WhatIfForm } from './WhatIfForm'
import { words } from './words'

const route = getRouteApi('/shell/capacity')

/** Whom must we hire by when? */
export function Capacity() {
  const may = useMay('readPlans')
  const hub = useHub()
  if (!may) return <NoPermission permission="readPlans" />
  return hub ? <OfHub hub={hub} /> : <NoHub />
}

function OfHub({ hub }: { hub: Hub }) {
  const t = useWords()
  const w = useWords(words)
  const query = useQuery(plansOf(hub.code))
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = useMay('writePlans')
  const [asking, setAsking] = useState(false)
  return (
    <div className="page">
      <Await query={query} skeleton={<Bars rows={12} />}>
        {plans => {
          const plan = plans.find(p => p.id === search.plan) ?? plans[0]
          const other = plans.find(p => p.id === search.with && p.id !== plan?.id)
          const names = plans.map(p => [p.id, p.name] as const)
          return (
            <>
              <div className="row">
                <h1>{t.pages.capacity}</h1>
                <span className="muted wide-only">{w.question}</span>
                <span className="grow" />
                {plan && (
                  <>
                    <Choice
                      label={w.plan}
                      value={plan.id}
                      options={names}
                      onChange={id => void navigate({ search: s => ({ ...s, plan: id }) })}
                    />
                    {plans.length > 1 && (
                      <Choice
                        label={w.with}
                        value={other?.id ?? ''}
                        options={[['', w.nothing] as const, ...names.filter(([id]) => id !== plan.id)]}
                        onChange={id => void navigate({ search: s => ({ ...s, with: id || undefined }) })}
                      />
                    )}
                    {mayWrite && (
                      <Button kind="primary" onPress={() => setAsking(true)}>
                        {w.whatIf}…
                      </Button>
                    )}
                  </>
                )}
              </div>
              {plan ? <Shown key={plan.id} plan={plan} other={other} /> : <Empty>{w.noPlan}</Empty>}
              {asking && plan && (
                <WhatIfForm
                  plan={plan}
                  onClose={() => setAsking(false)}
                  onMade={id => {
                    setAsking(false)
                    void navigate({ search: s => ({ ...s, plan: id, with: plan.id }) })
                  }}
                />
              )}
            </>
          )
        }}
      </Await>
    </div>
  )
}

function Shown({ plan, other }: { plan: Plan; other?: Plan }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const { as } = route.useSearch()
  const weeks = useQuery(weeksOf(plan.id))
  const otherWeeks = useQuery({ ...weeksOf(other?.id ?? ''), enabled: other !== undefined })
  const hires = useQuery(hiresOf(plan.id))
  const columns = useColumns()
  const level = plan.assumptions.level ?? 0.8
  const day = (date: string) => format.date(zone.startOf(date), zone)
  return (
    <Await query={weeks} skeleton={<Bars rows={10} />}>
      {rows => {
        const lacking = below(rows, level)
        const worst = worstOf(rows)
        const first = hires.data?.classes[0]
        return (
          <>
            <p className="capacity-say">
              {lacking.length === 0
                ? w.enough(String(rows.length), format.chance(level))
                : w.lacks(String(lacking.length), day(lacking[0].week), format.chance(level))}
              {first && ` ${w.decide(String(hires.data?.heads ?? 0), day(first.decideBy))}`}
            </p>
            <div className="row">
              <div className="figures grow">
                <Figure
                  value={lacking.length}
                  label={w.weeksBelow}
                  tone={lacking.length > 0 ? 'under' : 'ok'}
                  formula={w.weeksBelowFormula(format.chance(1 - level))}
                />
                <Figure
                  value={worst ? format.figure(worst.gap) : '0'}
                  label={worst ? w.largestGap(day(worst.week)) : w.noGap}
                  tone={worst ? 'under' : undefined}
                />
                <Figure value={hires.data?.heads ?? '…'} label={w.toHire} />
                <Figure value={format.percent(plan.assumptions.attrition?.yearlyRate ?? 0)} label={w.attrition} />
              </div>
              <Download name={`capacity-${plan.hub}`} columns={columns} rows={rows} />
            </div>
            {as === 'table' ? (
              <div className="card stack grow capacity-table">
                <DataTable caption={plan.name} columns={columns} rows={rows} rowKey={r => r.week} />
              </div>
            ) : (
              <Picture
                weeks={rows}
                classes={hires.data?.classes ?? []}
                other={other && otherWeeks.data ? { name: other.name, weeks: otherWeeks.data } : undefined}
                zone={zone}
              />
            )}
            {hires.data && <Hires hires={hires.data} />}
            <p className="small muted">{w.origin(plan.requirementOrigin, String(plan.assumptions.paths ?? 0))}</p>
          </>
        )
      }}
    </Await>
  )
}

function useColumns(): Column<Week>[] {
  const w = useWords(words)
  const format = useFormat()
  const one = (value: number) => Math.round(value * 10) / 10
  return [
    { head: w.week, value: r => r.week },
    { head: w.required, value: r => one(r.requiredFte), number: true },
    { head: `${w.required} P10`, value: r => one(r.requiredFteP10), number: true },
    { head: `${w.required} P90`, value: r => one(r.requiredFteP90), number: true },
    { head: w.available, value: r => one(r.availableFte), number: true },
    { head: w.gap, value: r => one(r.gap), show: r => format.signed(one(r.gap)), number: true },
    {
      head: w.chance,
      value: r => Math.round(r.gapProbability * 1000) / 1000,
      show: r => format.chance(r.gapProbability),
      number: true,
    },
    {
      head: w.chanceWithHires,
      value: r => r.gapProbabilityWithHires,
      show: r => (r.gapProbabilityWithHires == null ? '' : format.chance(r.gapProbabilityWithHires)),
      number: true,
    },
    { head: w.trained, value: r => one(r.trained), number: true },
    { head: w.trainees, value: r => one(r.trainees), number: true },
    { head: w.hired, value: r => one(r.hired), number: true },
    { head: w.leaving, value: r => one(r.attrition), number: true },
    { head: w.rampLoss, value: r => one(r.rampLoss), number: true },
    { head: w.onLeave, value: r => one(r.leave), number: true },
    { head: w.overtime, value: r => one(r.overtimeFte), number: true },
  ]
}
