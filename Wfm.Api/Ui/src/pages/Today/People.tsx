import { useMemo, useState } from 'react'
import { Button, Figure } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { countDoing, differs, doing, type Person, type Snapshot } from './model'
import { words } from './words'

/** Who works, who has a break, who is away now; all of them as a table. */
export function People({ day }: { day: Snapshot }) {
  const w = useWords(words)
  const [open, setOpen] = useState(false)
  const counts = useMemo(() => countDoing(day.people), [day])
  const differing = day.people.filter(differs).length
  const columns = useColumns()
  return (
    <section className="card stack" aria-label={w.people}>
      <div className="row padded">
        <h2>{w.people}</h2>
        <div className="figures grow">
          <Figure value={counts.working} label={w.doing.working} />
          <Figure value={counts.break} label={w.doing.break} />
          <Figure value={counts.other} label={w.doing.other} />
          <Figure value={counts.absent} label={w.doing.absent} tone={counts.absent > 0 ? 'warn' : undefined} />
          <Figure value={counts.next} label={w.doing.next} />
          <Figure value={differing} label={w.differing} tone={differing > 0 ? 'warn' : undefined} formula={w.differingFormula} />
        </div>
        <Button aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? w.hidePeople : w.showPeople}
        </Button>
      </div>
      {open && (
        <div className="today-people">
          <DataTable caption={w.people} columns={columns} rows={day.people} rowKey={p => p.agent} />
        </div>
      )}
    </section>
  )
}

function useColumns(): Column<Person>[] {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const segment = (s: Person['now']) =>
    s
      ? `${w.segments[s.kind] ?? s.kind}${s.group ? ` ${s.group}` : ''} ${format.range(Date.parse(s.start), Date.parse(s.end), zone)}`
      : ''
  return [
    { head: w.person, value: p => p.agent },
    {
      head: w.doingNow,
      value: p => w.doing[doing(p)],
      show: p => <span data-tone={differs(p) || p.isAbsent ? 'warn' : undefined}>{w.doing[doing(p)]}</span>,
    },
    { head: w.planned, value: p => segment(p.now) },
    { head: w.state, value: p => (p.state ? `${p.state.state} ${zone.clock(Date.parse(p.state.since))}` : '') },
    { head: w.next, value: p => segment(p.next) },
    {
      head: w.adherence,
      value: p => p.adherence,
      show: p => (p.adherence == null ? '' : format.percent(p.adherence)),
      number: true,
    },
  ]
}
