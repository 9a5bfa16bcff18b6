import type { Schemas } from '../../api/client'
import { Zone } from '../../time/zone'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { words } from './words'

const UTC = Zone.of('UTC') // a date is the same everywhere

type Change = Schemas['ShiftDifferenceData']
type Side = Schemas['ChangedShift']

interface ChangesProps {
  changes: readonly Change[]
  most: number
  nameOf(agent: string): string
}

/** Days that differ between two rosters, by person. */
export function Changes({ changes, most, nameOf }: ChangesProps) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const times = (side: Side | null | undefined) =>
    side ? format.range(Date.parse(side.start), Date.parse(side.end), zone) : w.dayOff
  return (
    <ul className="stack small">
      {changes.slice(0, most).map(change => (
        <li key={`${change.agent} ${change.date}`}>
          <b>{nameOf(change.agent)}</b> {format.day(Date.parse(`${change.date}T12:00:00Z`), UTC)}{' '}
          <span className="muted">{w.changes[change.kind] ?? change.kind}</span>
          <br />
          {times(change.from)} → {times(change.to)}
        </li>
      ))}
      {changes.length > most && <li className="muted">{w.more(format.full(changes.length - most))}</li>}
    </ul>
  )
}
