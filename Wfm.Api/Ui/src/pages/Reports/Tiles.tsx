import { useQuery } from '@tanstack/react-query'
import { Figure } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { over, skill } from './model'
import type { Period } from './Page'
import { accuracy, adherenceDays } from './queries'
import { words } from './words'

interface TilesProps {
  period: Period
  plans: boolean
  people: boolean
  waiting?: number
}

/** The few figures that say whether the word was kept; how each comes about is told on hover. */
export function Tiles({ period, plans, people, waiting }: TilesProps) {
  const w = useWords(words)
  const format = useFormat()
  const forecast = useQuery({ ...accuracy(period.hub, period.start, period.end), enabled: plans })
  const days = useQuery({ ...adherenceDays(period.hub, period.from, period.to), enabled: people })
  const overall = forecast.data?.overall
  const [own, better] = [overall?.published, overall ? skill(overall) : null]
  const [adherence, occupancy] = [over(days.data?.days ?? [], 'adherence'), over(days.data?.days ?? [], 'occupancy')]
  const unplanned = over(days.data?.days ?? [], 'unplannedShrinkage')
  const percent = (value: number | null | undefined) => (value == null ? '–' : format.percent(value))
  return (
    <div className="reports-tiles">
      {plans && (
        <>
          <Tile value={percent(own?.wape)} label={w.wape} note={w.wapeFormula} />
          <Tile
            value={percent(better)}
            label={w.skill}
            note={w.skillFormula}
            tone={better == null ? undefined : better >= 0 ? 'ok' : 'bad'}
          />
          <Tile
            value={percent(own?.coverage80)}
            label={w.covered}
            note={w.coveredFormula}
            tone={own?.coverage80 == null ? undefined : Math.abs(own.coverage80 - 0.8) <= 0.1 ? 'ok' : 'warn'}
          />
          <Tile
            value={own?.bias == null ? '–' : `${own.bias > 0 ? '+' : ''}${format.percent(own.bias)}`}
            label={w.bias}
            note={w.biasFormula}
          />
        </>
      )}
      {people && (
        <>
          <Tile value={percent(adherence?.value)} label={w.adherence} note={adherence?.formula} />
          <Tile value={percent(occupancy?.value)} label={w.occupancy} note={occupancy?.formula} />
          <Tile value={percent(unplanned?.value)} label={w.unplanned} note={unplanned?.formula} />
        </>
      )}
      {waiting !== undefined && <Tile value={String(waiting)} label={w.waiting} tone={waiting > 0 ? 'warn' : undefined} />}
    </div>
  )
}

function Tile({ value, label, note, tone }: { value: string; label: string; note?: string; tone?: 'ok' | 'warn' | 'bad' }) {
  return (
    <div className="card padded">
      <Figure value={value} label={label} formula={note} tone={tone} />
      {note && <p className="small muted reports-formula">{note}</p>}
    </div>
  )
}
