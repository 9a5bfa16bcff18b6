import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queues } from '../../api/queries'
import { Waterfall } from '../../charts/Waterfall'
import { Segments } from '../../ui/controls'
import { useMay } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Bars, Failure } from '../../ui/states'
import type { Roster } from '../Rosters/queries'
import { type Row, sumOf } from './model'
import { intervalOf, requirement } from './queries'
import { words } from './words'

interface ExplainedProps {
  roster: Roster
  group: string
  at: string
  minutes: number
  scheduled: number
  required: number
}

/** One interval from volume to heads, at the probability of the roster or another that was computed. */
export function Explained({ roster, group, at, minutes, scheduled, required }: ExplainedProps) {
  const w = useWords(words)
  const format = useFormat()
  const may = useMay('readPlans')
  const id = roster.requirementId ?? ''
  const [risk, setRisk] = useState(roster.riskLevel)
  const head = useQuery({ ...requirement(id), enabled: may && id !== '' })
  const { data: all = [] } = useQuery(queues)
  const known = new Set(head.data?.series.map(s => s.queue))
  const own = all.filter(q => q.skillGroup === group && q.kind === 'immediate' && known.has(q.code))
  const rows = useQueries({
    queries: own.map(q => ({ ...intervalOf(id, q.code, risk, at, minutes), enabled: may && id !== '' })),
  })
  if (!may || id === '') return <p className="muted">{w.notExplained}</p>
  const error = head.error ?? rows.find(r => r.error)?.error
  if (error) return <Failure error={error} />
  if (head.isPending || rows.some(r => r.isPending)) return <Bars rows={6} />
  const { volume, heads, parts } = sumOf(rows.flatMap(r => (r.data ? [r.data as Row] : [])))
  return (
    <div className="stack">
      {head.data && head.data.riskLevels.length > 1 && (
        <Segments
          label={w.probability}
          value={String(risk)}
          options={head.data.riskLevels.map(r => [String(r), format.chance(r)] as const)}
          onChange={value => setRisk(Number(value))}
        />
      )}
      <p className="small muted">{w.fromVolume(format.figure(volume), own.map(q => q.code).join(', '), format.chance(risk))}</p>
      <Waterfall
        label={w.why}
        format={value => format.figure(value)}
        parts={[
          ...parts.map(p => ({ name: w.parts[p.name], value: p.value, formula: w.formulas[p.name] })),
          { name: w.needed, value: heads, isSum: true, formula: w.neededFormula },
          { name: w.scheduled, value: scheduled, isSum: true },
        ]}
      />
      {Math.abs(heads - required) >= 0.05 && <p className="small muted">{w.differs(format.figure(required))}</p>}
    </div>
  )
}
