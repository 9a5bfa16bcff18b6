import { type Format, place } from '../../time/format'
import { useNow } from '../../time/now'
import { Zone } from '../../time/zone'
import { myZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { nextShift, partsOf, type Shift } from './model'
import { words } from './words'

/** The next shift, large, by the clock of the hub and of whoever looks. */
export function NextShift({ shifts, zone }: { shifts: readonly Shift[]; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const now = useNow()
  const shift = nextShift(shifts, now)
  if (!shift) return <section className="card padded">{w.noShift}</section>
  const [start, end] = [Date.parse(shift.start), Date.parse(shift.end)]
  const mine = Zone.of(myZone())
  return (
    <section className="card padded stack" aria-label={w.next}>
      <p className="muted">{start <= now ? w.running(format.duration(end - now)) : w.startsIn(format.duration(start - now))}</p>
      <p className="me-next">
        <span>{format.day(start, zone)}</span>
        <b>{format.range(start, end, zone)}</b>
      </p>
      <p className="muted">
        {place(zone)} {zone.offsetLabel(start)}
        {mine.offsetAt(start) !== zone.offsetAt(start) && (
          <> · {w.yourClock(`${format.day(start, mine)} ${format.range(start, end, mine)}`, place(mine))}</>
        )}
      </p>
      <Bar shift={shift} />
      <ol className="me-parts">
        {shift.activities.map(a => (
          <li key={a.start}>
            <span>{format.range(Date.parse(a.start), Date.parse(a.end), zone)}</span> <b>{w.kinds[a.kind] ?? a.kind}</b>{' '}
            <span className="muted">{a.group}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const FILLS: Readonly<Record<string, string>> = { work: 'var(--accent)', overtime: 'var(--accent)', wellness: 'var(--wellness)' }

/** A shift as a bar; what each part is stands in words beside it. */
export function Bar({ shift }: { shift: Pick<Shift, 'start' | 'end' | 'activities'> }) {
  return (
    <div className="me-bar" aria-hidden="true">
      {partsOf(shift).map(p => (
        <span
          key={p.from}
          style={{ left: `${p.from * 100}%`, width: `${p.share * 100}%`, background: FILLS[p.kind] ?? 'var(--band-80)' }}
        />
      ))}
    </div>
  )
}

/** `Mon 2 Nov 06:00–14:00`, or that there is none. */
export const shiftText = (shift: { start: string; end: string } | null | undefined, zone: Zone, format: Format, none: string) =>
  shift
    ? `${format.day(Date.parse(shift.start), zone)} ${format.range(Date.parse(shift.start), Date.parse(shift.end), zone)}`
    : none
