import type { Column } from '../../ui/DataTable'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { type QueueToday, risk } from './model'
import { words } from './words'

/** The queues of today as a table, with what the picture shows. */
export function useQueueColumns(): Column<QueueToday>[] {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const percent = (value: number | null | undefined) => (value === null || value === undefined ? '' : format.percent(value))
  const chance = (value: number | null) => (value === null ? '' : format.chance(value))
  const round = (value: number | null | undefined) =>
    value === null || value === undefined ? null : Math.round(value * 1000) / 1000
  return [
    { head: w.queue, value: q => q.queue },
    { head: w.group, value: q => q.group },
    { head: w.kind, value: q => w.kinds[q.kind] },
    { head: w.risk, value: q => round(risk(q)), show: q => chance(risk(q)), number: true },
    { head: w.came, value: q => q.volume?.observed, number: true },
    { head: w.expectedSoFar, value: q => round(q.volume?.expected?.mean), number: true },
    { head: w.restP10, value: q => round(q.volume?.restOfDay.p10), number: true },
    { head: w.restP50, value: q => round(q.volume?.restOfDay.p50), number: true },
    { head: w.restP90, value: q => round(q.volume?.restOfDay.p90), number: true },
    { head: w.serviceNow, value: q => round(q.service?.share), show: q => percent(q.service?.share), number: true },
    {
      head: w.projected,
      value: q => round(q.service?.projected?.share),
      show: q => percent(q.service?.projected?.share),
      number: true,
    },
    { head: w.promised, value: q => round(q.service?.promised), show: q => percent(q.service?.promised), number: true },
    { head: w.late, value: q => round(q.service?.projected?.late), number: true },
    { head: w.open, value: q => q.backlog?.contacts, number: true },
    { head: w.overdue, value: q => q.backlog?.overdue, number: true },
    {
      head: w.breach,
      value: q => q.clock?.median,
      show: q => (q.clock ? `${zone.clock(Date.parse(q.clock.median))} (${format.chance(q.clock.probability)})` : ''),
    },
    { head: w.notes, value: q => q.notes.map(n => n.message).join(' ') },
  ]
}
