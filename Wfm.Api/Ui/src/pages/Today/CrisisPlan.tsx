import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Schemas } from '../../api/client'
import { Button, Chip, Figure } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { useMay, useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Failure } from '../../ui/states'
import { applyPlan } from './queries'
import { words } from './words'

type Plan = Schemas['CrisisPlanResponse']
type Help = Schemas['PlannedHelp']
type Move = Schemas['PlannedMove']

/** Who would move and what it costs elsewhere; nothing is in force before its hub's button. */
export function CrisisPlan({ crisis, plan }: { crisis: string; plan: Plan }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  return (
    <section className="stack" aria-label={w.plan}>
      <h3>{w.plan}</h3>
      <p className="small muted">{w.planMade(format.momentInZone(Date.parse(plan.madeAt), zone), String(plan.hours))}</p>
      <div className="figures">
        {plan.surges.map(s => (
          <Figure
            key={s.group}
            value={`${format.hours(s.unmetBefore)} → ${format.hours(s.unmetHours)}`}
            label={w.unmet(s.group, format.hours(s.hours))}
          />
        ))}
        <Figure value={plan.peopleChanged} label={w.peopleMoved} />
      </div>
      {plan.hubs.map(help => (
        <HubHelp key={help.hub} crisis={crisis} plan={plan} help={help} />
      ))}
    </section>
  )
}

function HubHelp({ crisis, plan, help }: { crisis: string; plan: Plan; help: Help }) {
  const w = useWords(words)
  const format = useFormat()
  const client = useQueryClient()
  const may = useMay('writeRosters')
  const columns = useColumns()
  const applied = plan.applied.find(a => a.hub === help.hub)
  const apply = useMutation({
    mutationFn: () => applyPlan(crisis, plan.id, help.hub),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['crises', crisis] }),
        client.invalidateQueries({ queryKey: ['today'] }),
      ]),
  })
  return (
    <div className="card stack">
      <div className="row padded">
        <b>{help.hub}</b>
        <span className="small muted grow">
          {help.shares.map(s => w.does(s.group, format.hours(s.headHours))).join(' · ')}
          {help.lent
            .filter(l => l.missingAfter - l.missingBefore >= 0.05)
            .map(l => ` · ${w.lends(l.group, format.hours(l.missingAfter - l.missingBefore))}`)}
        </span>
        {applied ? (
          <Chip tone="ok">{w.inForce(String(applied.people))}</Chip>
        ) : (
          may &&
          help.moves.length > 0 && (
            <Button isDisabled={apply.isPending} onPress={() => apply.mutate()}>
              {w.putInForce(String(new Set(help.moves.map(m => m.day.agent)).size))}
            </Button>
          )
        )}
      </div>
      {apply.error && <Failure error={apply.error} />}
      {help.moves.length > 0 ? (
        <div className="today-moves">
          <DataTable
            caption={w.moves(help.hub)}
            columns={columns}
            rows={help.moves}
            rowKey={m => `${m.day.agent} ${m.day.date}`}
          />
        </div>
      ) : (
        <p className="small muted padded">{w.nobodyMoves}</p>
      )}
    </div>
  )
}

function useColumns(): Column<Move>[] {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const shift = (s: Move['day']['before']) => (s ? format.range(Date.parse(s.start), Date.parse(s.end), zone) : w.off)
  return [
    { head: w.person, value: m => m.day.agent },
    { head: w.date, value: m => m.day.date },
    { head: w.before, value: m => shift(m.day.before) },
    { head: w.after, value: m => shift(m.day.after) },
    { head: w.noticeHours, value: m => Math.round(m.noticeHours * 10) / 10, number: true },
    { head: w.why, value: m => m.why },
  ]
}
