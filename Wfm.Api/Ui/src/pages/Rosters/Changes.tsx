import type { Schemas } from '../../api/client'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { words } from './words'

type Change = Schemas['ShiftDifferenceData']
type Side = Schemas['ChangedShift']

/** Days that differ between two rosters, by person. */
export function Changes({ changes, most }: { changes: readonly Change[]; most: number }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const times = (side: Side | null | undefined) =>
    side ? format.range(Date.parse(side.start), Date.parse(side.end), zone) : w.dayOff
  return (
    <ul className="stack small">
      {changes.slice(0, most).map(change => (
        <li key={`${change.agent} ${change.date}`}>
          <b>{change.agent}</b> {change.date} <span className="muted">{w.changes[change.kind] ?? change.kind}</span>
          <br />
          {times(change.from)} → {times(change.to)}
        </li>
      ))}
      {changes.length > most && <li className="muted">{w.more(format.full(changes.length - most))}</li>}
    </ul>
  )
}
