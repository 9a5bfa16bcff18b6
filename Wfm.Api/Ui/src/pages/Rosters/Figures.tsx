import { Figure } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import type { Roster } from './queries'
import { words } from './words'

/** The figures that a manager asks first. */
export function Figures({ roster: { summary, violations } }: { roster: Roster }) {
  const w = useWords(words)
  const format = useFormat()
  const gap = summary.lowerBound && summary.penalty > 0 ? 1 - summary.lowerBound / summary.penalty : null
  return (
    <div className="figures">
      <Figure
        value={format.percent(summary.coverage)}
        label={w.covered}
        tone={summary.coverage < 0.95 ? 'under' : 'ok'}
        formula={w.coverageFormula}
      />
      <Figure value={format.figure(summary.underHours)} label={w.missing} tone={summary.underHours > 0.05 ? 'under' : 'ok'} />
      <Figure value={format.figure(summary.lateHours)} label={w.late} />
      <Figure value={format.figure(summary.paidHours)} label={w.paid} />
      {gap !== null && <Figure value={format.percent(gap)} label={w.atMostBetter} />}
      <Figure value={format.full(violations)} label={w.broken} tone={violations > 0 ? 'warn' : 'ok'} />
    </div>
  )
}
