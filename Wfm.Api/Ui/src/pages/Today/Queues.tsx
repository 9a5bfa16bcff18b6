import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWidth } from '../../charts/useWidth'
import { HOUR, MINUTE } from '../../time/zone'
import { useMay, useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { at, type Band, type Point, type QueueToday, restOf, risk, riskTone, type Snapshot } from './model'
import { DayAxis, QueueChart } from './QueueChart'
import { bandOf, volumesOf } from './queries'
import { words } from './words'

/** Every queue on one axis of the hub's day: what came over what was forecast, how the rest is expected now, and where a deadline breaks. */
export function Queues({ day, queues }: { day: Snapshot; queues: readonly QueueToday[] }) {
  const w = useWords(words)
  const zone = useZone()
  const [frame, width] = useWidth<HTMLDivElement>()
  const [cursor, setCursor] = useState<number | null>(null)
  const span = { from: Date.parse(day.dayStart), to: Date.parse(day.dayEnd) }
  const minutes = day.intervalMinutes
  const { data: volumes } = useQuery({
    ...volumesOf(day.hub, day.dayStart, day.dayEnd, minutes),
    enabled: useMay('readVolumes'),
  })
  const mayPlans = useMay('readPlans')
  const bands = useQueries({
    queries: queues.map(q => ({
      ...bandOf(day.forecastId ?? '', q.queue, day.dayStart, day.dayEnd),
      enabled: mayPlans && Boolean(day.forecastId) && q.volume != null,
    })),
  })
  return (
    <section className="card today-queues" aria-label={w.queues}>
      <div className="legend padded">
        <span>
          <i style={{ background: 'var(--history)', height: 2, verticalAlign: 3 }} />
          {w.came}
        </span>
        <span>
          <i style={{ background: 'var(--band-95)' }} />
          {w.morning}
        </span>
        <span>
          <i style={{ background: 'var(--band-50)' }} />
          {w.expectedNow}
        </span>
        <span>
          <b data-tone="bad">▼</b> {w.breach}
        </span>
        <span className="muted">
          {w.perInterval(String(minutes))} · {zone.id}
        </span>
      </div>
      <div className="today-grid">
        <span />
        <div ref={frame}>
          <DayAxis {...span} width={width} zone={zone} />
        </div>
        <span />
        {queues.map((queue, i) => (
          <Row
            key={queue.queue}
            queue={queue}
            points={volumes?.get(queue.queue) ?? []}
            band={bands[i].data ?? []}
            day={day}
            width={width}
            cursor={cursor}
            onCursor={setCursor}
          />
        ))}
      </div>
    </section>
  )
}

interface RowProps {
  queue: QueueToday
  points: readonly Point[]
  band: readonly Band[]
  day: Snapshot
  width: number
  cursor: number | null
  onCursor(at: number | null): void
}

function Row({ queue, points, band, day, width, cursor, onCursor }: RowProps) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const probability = risk(queue)
  const rest = restOf(queue)
  const length = day.intervalMinutes * MINUTE
  const asOf = queue.volume ? Date.parse(queue.volume.asOf) : Number.NEGATIVE_INFINITY
  const came = points.filter(p => p.t < asOf)
  const say = (instant: number) => {
    const [point, expected] = [at(came, instant, length), at(rest, instant, length) ?? at(band, instant, length)]
    return [
      zone.clock(instant),
      point && `${format.figure(point.y)} ${w.came}`,
      expected &&
        `${format.figure(expected.mean)} (${format.figure(expected.low)}–${format.figure(expected.high)}) ${w.expected}`,
    ]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <>
      <div className="today-name">
        <b>{queue.queue}</b>
        <span className="small muted">{queue.group}</span>
        {!queue.isOpen && <span className="small muted">{w.closed}</span>}
      </div>
      <QueueChart
        label={`${queue.queue}: ${w.chart}`}
        from={Date.parse(day.dayStart)}
        to={Date.parse(day.dayEnd)}
        now={Date.parse(day.at)}
        length={length}
        width={width}
        came={came}
        band={band}
        rest={rest}
        breach={queue.clock}
        cursor={cursor}
        onCursor={onCursor}
        say={say}
        step={Math.max(length, HOUR / 2)}
      />
      <div className="today-figures">
        <span>
          <b data-tone={riskTone(probability)}>{probability === null ? '–' : format.chance(probability)}</b>{' '}
          <span className="muted">{w.risk}</span>
        </span>
        <Kept queue={queue} />
      </div>
    </>
  )
}

function Kept({ queue: { service, backlog } }: { queue: QueueToday }) {
  const w = useWords(words)
  const format = useFormat()
  const end = service?.projected?.share
  return (
    <span className="small muted">
      {end != null && service?.promised != null
        ? w.endsAt(format.percent(end), format.percent(service.promised))
        : service?.share != null
          ? `${w.serviceNow} ${format.percent(service.share)}`
          : w.noService}
      {backlog && <> · {w.openNow(format.figure(backlog.contacts))}</>}
    </span>
  )
}
