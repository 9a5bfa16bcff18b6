import type { Schemas } from '../../api/client'
import { DataTable } from '../../ui/DataTable'
import { useWords } from '../../ui/preferences'
import { words } from './words'

/** Classes to hire, in order of the day by which to decide. */
export function Hires({ hires }: { hires: Schemas['CapacityHires'] }) {
  const w = useWords(words)
  if (hires.classes.length === 0) return <p className="muted">{w.noHires}</p>
  return (
    <section className="card stack" aria-label={w.hires}>
      <DataTable
        caption={w.hires}
        columns={[
          { head: w.decideBy, value: (c: Schemas['CapacityClass']) => c.decideBy },
          { head: w.heads, value: c => c.heads, number: true },
          { head: w.start, value: c => c.start },
          { head: w.productive, value: c => c.productive },
        ]}
        rows={hires.classes}
        rowKey={c => `${c.decideBy} ${c.start}`}
      />
      {hires.uncoveredWeeks.length > 0 && <p className="padded small">{w.uncovered(hires.uncoveredWeeks.join(', '))}</p>}
    </section>
  )
}
