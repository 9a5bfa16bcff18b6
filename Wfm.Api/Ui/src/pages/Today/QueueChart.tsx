import type { Schemas } from '../../api/client'
import { area, line, linear } from '../../charts/scale'
import { HOUR, type Zone } from '../../time/zone'
import { useFormat } from '../../ui/preferences'
import type { Band, Point } from './model'

interface ChartProps {
  label: string
  from: number
  to: number
  now: number
  /** Milliseconds of an interval. */
  length: number
  width: number
  came: readonly Point[]
  /** The morning's forecast. */
  band: readonly Band[]
  /** The rest of the day as it is expected now. */
  rest: readonly Band[]
  breach?: Schemas['TodayClock'] | null
  cursor: number | null
  onCursor(at: number | null): void
  say(at: number): string
  /** Milliseconds that an arrow key moves the cursor. */
  step: number
}

const HEIGHT = 66
const TOP = 12

/** One queue's day. The cursor moves with the pointer or the arrow keys and stands at the same moment in every row. */
export function QueueChart({
  label,
  from,
  to,
  now,
  length,
  width,
  came,
  band,
  rest,
  breach,
  cursor,
  onCursor,
  say,
  step,
}: ChartProps) {
  const format = useFormat()
  const x = (t: number) => ((Math.min(to, Math.max(from, t)) - from) / (to - from)) * width
  const middle = (p: { t: number }) => x(p.t + length / 2)
  const most = Math.max(1, ...came.map(p => p.y), ...band.map(b => b.high), ...rest.map(b => b.high))
  const y = linear(0, most, HEIGHT - 1, TOP, 5)
  const low = (b: Band) => y(b.low)
  const high = (b: Band) => y(b.high)
  const move = (by: number) => onCursor(Math.min(to - length, Math.max(from, (cursor ?? now) + by)))
  return (
    <div
      className="today-chart"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round((to - from) / length)}
      aria-valuenow={Math.round(((cursor ?? now) - from) / length)}
      aria-valuetext={say(cursor ?? now)}
      onPointerMove={event => {
        const box = event.currentTarget.getBoundingClientRect()
        onCursor(from + Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * (to - from - 1))
      }}
      onPointerLeave={() => onCursor(null)}
      onKeyDown={event => {
        const by = { ArrowLeft: -step, ArrowRight: step, PageUp: 6 * step, PageDown: -6 * step }[event.key]
        if (by) move(by)
        else if (event.key === 'Home') onCursor(from)
        else if (event.key === 'End') onCursor(to - length)
        else if (event.key === 'Escape') onCursor(null)
        else return
        event.preventDefault()
      }}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <rect x={x(now)} width={Math.max(0, width - x(now))} y={TOP} height={HEIGHT - TOP} fill="var(--weekend)" />
          <Closed band={band} x={x} length={length} />
          <path
            d={area(
              band.filter(b => !b.closed),
              middle,
              low,
              high,
            )}
            fill="var(--band-95)"
          />
          <path
            d={line(band, middle, b => (b.closed ? null : y(b.mean)))}
            fill="none"
            stroke="var(--median)"
            strokeDasharray="3 3"
          />
          <path d={area(rest, middle, low, high)} fill="var(--band-50)" />
          <path d={line(rest, middle, b => y(b.mean))} fill="none" stroke="var(--median)" strokeWidth={1.5} />
          <path d={line(came, middle, p => y(p.y))} fill="none" stroke="var(--history)" strokeWidth={1.75} />
          <line x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
          <line x1={x(now)} x2={x(now)} y1={TOP} y2={HEIGHT} stroke="var(--accent)" strokeWidth={1.5} />
          {breach && (
            <Breach
              x={x(Date.parse(breach.median))}
              early={x(Date.parse(breach.earliest))}
              text={format.chance(breach.probability)}
              width={width}
            />
          )}
          <text x={2} y={9} className="tick">
            {format.figure(y.domain[1])}
          </text>
          {cursor !== null && <line x1={x(cursor)} x2={x(cursor)} y1={0} y2={HEIGHT} stroke="var(--edge)" />}
        </svg>
      )}
      {cursor !== null && (
        <span
          className="today-tip small"
          style={x(cursor) > width / 2 ? { right: width - x(cursor) + 6 } : { left: x(cursor) + 6 }}
        >
          {say(cursor)}
        </span>
      )}
    </div>
  )
}

function Closed({ band, x, length }: { band: readonly Band[]; x(t: number): number; length: number }) {
  return band
    .filter(b => b.closed)
    .map(b => <rect key={b.t} x={x(b.t)} width={x(b.t + length) - x(b.t)} y={TOP} height={HEIGHT - TOP} className="hatched" />)
}

/** Where the first deadline is likely to pass: a mark at the middle of the simulated moments, a line back to the earliest. */
function Breach({ x, early, text, width }: { x: number; early: number; text: string; width: number }) {
  const left = x > width - 60
  return (
    <g>
      <line x1={early} x2={x} y1={TOP + 4} y2={TOP + 4} stroke="var(--bad)" strokeWidth={2} />
      <path d={`M${x - 5} ${TOP}h10l-5 9z`} fill="var(--bad)" />
      <text
        x={left ? x - 8 : x + 8}
        y={9}
        textAnchor={left ? 'end' : 'start'}
        className="tick strong"
        style={{ fill: 'var(--bad)' }}
      >
        {text}
      </text>
    </g>
  )
}

interface AxisProps {
  from: number
  to: number
  width: number
  zone: Zone
}

/** Hours of the hub's day by the clock of the zone in which times are shown, as many as there is room for. */
export function DayAxis({ from, to, width, zone }: AxisProps) {
  if (width <= 0) return <svg height={18} aria-hidden="true" />
  const x = (t: number) => ((t - from) / (to - from)) * width
  const every = [1, 2, 3, 6, 12].find(h => (h * HOUR * width) / (to - from) >= 56) ?? 12
  const hours: number[] = []
  for (let t = Math.ceil(from / HOUR) * HOUR; t < to; t += HOUR) {
    const minute = zone.minuteOfDay(t)
    if (minute % 60 === 0 && (minute / 60) % every === 0) hours.push(t)
  }
  return (
    <svg width={width} height={18} aria-hidden="true">
      {hours.map(t => (
        <text key={t} x={x(t)} y={12} className="tick" textAnchor={x(t) < 16 ? 'start' : x(t) > width - 16 ? 'end' : 'middle'}>
          {zone.clock(t)}
        </text>
      ))}
    </svg>
  )
}
