import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { groupColour, paletteOf } from '../../charts/palette'
import type { Zone } from '../../time/zone'
import { Button, Chip } from '../../ui/controls'
import { useFormat, usePreferences, useWords } from '../../ui/preferences'
import { Await, Bars } from '../../ui/states'
import { fits, type Gap } from './queries'
import { words } from './words'

interface GapsProps {
  roster: string
  gaps: readonly Gap[]
  zone: Zone
  hubZone: Zone
  chosen: number | null
  onChoose(index: number): void
}

const SHOWN = 12

/** What is uncovered, the most head-hours first, and why nobody covers it, in counts of people. */
export function Gaps({ roster, gaps, zone, hubZone, chosen, onChoose }: GapsProps) {
  const w = useWords(words)
  const format = useFormat()
  if (gaps.length === 0) return <p className="muted">{w.noGaps}</p>
  const last = Math.max(SHOWN, (chosen ?? 0) + 1)
  return (
    <ol className="stack">
      {gaps.slice(0, last).map((gap, i) => {
        const [from, to] = [Date.parse(gap.from), Date.parse(gap.to)]
        return (
          <li key={i} className="gap" aria-current={chosen === i ? 'true' : undefined}>
            <button type="button" className="row" onClick={() => onChoose(i)}>
              <Chip tone="under">{w.gapHours(format.hours(gap.headHours))}</Chip>
              <b>{gap.group}</b>
              <span className="muted small">
                {format.moment(from, zone)} – {format.moment(to, zone)}
              </span>
            </button>
            {gap.message && <p className="small">{gap.message}</p>}
            <Reasons gap={gap} />
            {chosen === i && <WhoCould roster={roster} gap={gap} zone={hubZone} />}
          </li>
        )
      })}
      {gaps.length > last && <li className="muted small">{w.more(format.full(gaps.length - last))}</li>}
    </ol>
  )
}

function Reasons({ gap: { reasons } }: { gap: Gap }) {
  const { dark } = usePreferences()
  const sum = reasons.reduce((a, r) => a + r.agents, 0)
  if (sum === 0) return null
  return (
    <>
      <div className="shares" aria-hidden>
        {reasons.map((r, i) => (
          <span key={i} style={{ flexGrow: r.agents, background: groupColour(paletteOf(dark), i).fill }} />
        ))}
      </div>
      <ul className="small muted">
        {reasons.slice(0, 3).map((r, i) => (
          <li key={i}>
            <b>{r.agents}</b> {r.message}
          </li>
        ))}
      </ul>
    </>
  )
}

/** People for the gap, the best first, and the rules that stop the others. */
function WhoCould({ roster, gap, zone }: { roster: string; gap: Gap; zone: Zone }) {
  const w = useWords(words)
  const [asked, ask] = useState(false)
  if (gap.deadline) return null
  return asked ? <Fitting roster={roster} gap={gap} zone={zone} /> : <Button onPress={() => ask(true)}>{w.whoCould}</Button>
}

function Fitting({ roster, gap, zone }: { roster: string; gap: Gap; zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const from = Date.parse(gap.from)
  const to = Math.min(Date.parse(gap.to), from + 12 * 3_600_000) // one person works no longer
  const query = useQuery(fits(roster, { date: zone.date(from), group: gap.group, from: zone.clock(from), to: zone.clock(to) }))
  return (
    <Await query={query} skeleton={<Bars rows={3} />}>
      {({ people, stopped, fitting }) => (
        <div className="stack small">
          {fitting === 0 && <p>{w.nobody}</p>}
          <ol className="stack">
            {people
              .filter(p => p.fits)
              .map(p => (
                <li key={p.agent} className="row">
                  <b>{p.agent}</b>
                  <span>{format.range(Date.parse(p.after.start), Date.parse(p.after.end), zone)}</span>
                  <span className="grow" />
                  <span>{format.signed(p.cost)}</span>
                </li>
              ))}
          </ol>
          {Object.entries(stopped).map(([rule, n]) => (
            <p key={rule} className="muted">
              {w.stopped(format.full(n), rule)}
            </p>
          ))}
        </div>
      )}
    </Await>
  )
}
