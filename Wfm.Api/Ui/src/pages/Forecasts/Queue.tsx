import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Schemas } from '../../api/client'
import { type Hub, queues } from '../../api/queries'
import type { Series } from '../../charts/downsample'
import type { Mark } from '../../charts/fan/draw'
import { Fan } from '../../charts/fan/Fan'
import { clamp, type Forecast, type Span, seriesEnd, stepAt, UNITS, type Unit, unitFor } from '../../charts/fan/model'
import { DAY, MINUTE, type Zone } from '../../time/zone'
import { Button, Choice, Figure, Segments, Side } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useMay, useZone } from '../../ui/hub'
import { useKeys } from '../../ui/keys'
import { useFormat, usePreferences, useWords } from '../../ui/preferences'
import { Bars, Failure, Loading } from '../../ui/states'
import { Adjust } from './Adjust'
import { Adjustments } from './Adjustments'
import { Drivers } from './Drivers'
import { MINUTES } from './model'
import { adjustments, eventsOf, history, intervals, ofIntervals, ofRollup, rollup } from './queries'
import { words } from './words'

const route = getRouteApi('/shell/forecasts')
const RANGES = { days: 5, months: 30, year: 330, all: 0 } as const // days before the cut-off; as many after, as far as it goes
type Range = keyof typeof RANGES

interface QueueProps {
  hub: Hub
  forecast: Schemas['ForecastResponse']
  series: Schemas['SeriesForecastResponse']
}

export function Queue({ hub, forecast, series }: QueueProps) {
  const t = useWords()
  const w = useWords(words)
  const format = useFormat()
  const { dark } = usePreferences()
  const zone = useZone()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const mayAdjust = useMay('writeAdjustments')
  const names = useQuery(queues)
  const nameOf = (code: string) => names.data?.find(q => q.code === code)?.name ?? code

  const cutOff = Date.parse(series.start)
  const full = useMemo<Span>(() => ({ from: cutOff - 728 * DAY, to: Date.parse(forecast.end) }), [cutOff, forecast.end])
  const [view, setView] = useView(full, cutOff, zone)
  const [pixels, setPixels] = useState(1000)
  const [selection, select] = useState<Span | null>(null)
  const [adjusting, setAdjusting] = useState(false)
  const unit = unitFor(view, pixels, series.intervalMinutes, search.unit)
  const data = useSteps(hub, forecast, series, unit, cutOff, full.to)
  const events = useQuery(eventsOf(hub.code, series.queue, full.from, full.to))
  const layers = useQuery(adjustments(forecast.id, series.queue))
  const marks = useMemo(() => (events.data ?? []).flatMap(markOf), [events.data])
  const adjusted = useMemo(
    () =>
      (layers.data ?? [])
        .filter(a => !a.withdrawnAt)
        .map(a => ({ from: Date.parse(a.from), to: Date.parse(a.appliesUntil), name: a.reason })),
    [layers.data],
  )
  const onSelect = useCallback((span: Span | null) => select(span && span.to > span.from ? span : null), [])
  useKeys([
    {
      keys: 'a',
      label: w.adjust,
      run: () => {
        if (mayAdjust && selection) setAdjusting(true)
      },
    },
  ])
  const stepName = unit === 'interval' ? w.steps.interval : w.steps[unit]
  const columns = useColumns(zone)
  const rows = useMemo(() => (data.ready ? rowsOf(data.history, data.forecast, view) : []), [data, view])
  const readout = (instant: number) => <Readout instant={instant} {...data} zone={zone} marks={[...marks, ...adjusted]} />
  const set = (more: Partial<typeof search>) => void navigate({ search: s => ({ ...s, ...more }), replace: true })
  const range = (Object.keys(RANGES) as Range[]).find(r => sameSpan(spanOf(r, cutOff, full), view)) ?? ('' as Range)

  return (
    <div className="page">
      <div className="row">
        <h1>{t.pages.forecasts}</h1>
        <Choice
          label={t.queue}
          value={series.queue}
          options={forecast.series.toSorted((a, b) => b.totalMean - a.totalMean).map(s => [s.queue, nameOf(s.queue)] as const)}
          onChange={queue => set({ queue })}
        />
        <span className="muted small wide-only">{w.made(format.momentInZone(cutOff, zone))}</span>
        <span className="grow" />
        <Download name={`forecast-${hub.code}-${series.queue}`} columns={columns} rows={rows} />
        {mayAdjust && (
          <Button kind="primary" isDisabled={!selection} onPress={() => setAdjusting(true)}>
            {w.adjust}
          </Button>
        )}
      </div>
      <div className="card padded row">
        <Worth series={series} />
        <span className="grow" />
        <Choice<Unit | 'auto'>
          label={w.step}
          value={search.unit ?? 'auto'}
          options={(['auto', ...UNITS] as const).map(u => [u, w.steps[u]] as const)}
          onChange={u => set({ unit: u === 'auto' ? undefined : u })}
        />
        <Segments<Range>
          label={w.range}
          value={range}
          options={(Object.keys(RANGES) as Range[]).map(r => [r, w.ranges[r]] as const)}
          onChange={r => setView(spanOf(r, cutOff, full))}
        />
      </div>
      <div className="split">
        <div className="card forecast">
          {data.error ? (
            <Failure error={data.error} retry={data.retry} />
          ) : !data.ready ? (
            <Loading>
              <Bars rows={12} />
            </Loading>
          ) : search.as === 'table' ? (
            <DataTable
              caption={`${nameOf(series.queue)}, ${w.contacts[unit]}, ${zone.id}`}
              columns={columns}
              rows={rows}
              rowKey={r => r.start}
            />
          ) : (
            <Fan
              label={`${nameOf(series.queue)}, ${hub.name}: ${w.contacts[unit]}`}
              hint={w.hint}
              history={data.history}
              forecast={data.forecast}
              cutOff={cutOff}
              events={marks}
              adjusted={adjusted}
              zone={zone}
              format={format}
              dark={dark}
              unit={w.contacts[unit]}
              caption={(minutes, missing) =>
                [
                  minutes > data.history.minutes ? w.bucketed(format.duration(minutes * MINUTE)) : w.whole,
                  missing > 0 ? w.missing(format.full(missing)) : '',
                ].join(' ')
              }
              view={view}
              full={full}
              onView={setView}
              onWidth={setPixels}
              step={unit === 'interval' ? series.intervalMinutes * MINUTE : DAY}
              selection={selection}
              onSelect={onSelect}
              readout={readout}
              spoken={instant => spoken(instant)}
            />
          )}
          <Legend step={stepName} />
        </div>
        <Side label={w.adjustments}>
          <Drivers forecast={forecast.id} queue={series.queue} span={selection ?? firstDay(cutOff, zone)} zone={zone} />
          <h2>{w.adjustments}</h2>
          <Adjustments forecast={forecast.id} layers={layers.data ?? []} zone={zone} />
          <h2>{w.models}</h2>
          <Models models={series.models} />
        </Side>
      </div>
      {adjusting && selection && (
        <Adjust
          forecast={forecast}
          series={series}
          span={selection}
          zone={zone}
          onClose={() => setAdjusting(false)}
          onSaved={() => {
            setAdjusting(false)
            select(null)
          }}
        />
      )}
    </div>
  )

  function spoken(instant: number): string {
    if (!selection) return format.moment(instant, zone)
    return `${format.moment(selection.from, zone)} – ${format.moment(selection.to, zone)}`
  }
}

const firstDay = (cutOff: number, zone: Zone): Span => ({ from: cutOff, to: zone.nextDay(cutOff) })

const sameSpan = (a: Span, b: Span) => Math.abs(a.from - b.from) < DAY && Math.abs(a.to - b.to) < DAY

const spanOf = (range: Range, cutOff: number, full: Span): Span =>
  range === 'all'
    ? full
    : clamp({ from: cutOff - RANGES[range] * DAY, to: Math.min(full.to, cutOff + RANGES[range] * DAY) }, full)

/** What is in sight, kept in the address once the hand rests. */
function useView(full: Span, cutOff: number, zone: Zone): [Span, (span: Span) => void] {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const [view, set] = useState<Span>(() =>
    search.from && search.to
      ? clamp({ from: zone.startOf(search.from), to: zone.startOf(search.to) }, full)
      : spanOf('months', cutOff, full),
  )
  const [from, to] = [zone.date(view.from), zone.date(view.to)]
  useEffect(() => {
    const timer = setTimeout(() => {
      const isLeaving = router.latestLocation.pathname !== router.buildLocation({ to: '/forecasts' }).pathname
      if (!isLeaving) void navigate({ search: s => ({ ...s, from, to }), replace: true })
    }, 400)
    return () => clearTimeout(timer)
  }, [navigate, router, from, to])
  return [view, set]
}

type Steps =
  | { ready: false; error?: unknown; retry(): void }
  | { ready: true; history: Series; forecast: Forecast; error?: unknown; retry(): void }

/** History and forecast in the same step. */
function useSteps(
  hub: Hub,
  forecast: QueueProps['forecast'],
  series: QueueProps['series'],
  unit: Unit,
  cutOff: number,
  end: number,
): Steps {
  const past = useQuery(history(hub.code, series.queue, unit, series.intervalMinutes, cutOff))
  const half = useQuery({ ...intervals(forecast.id, series.queue, cutOff, end), enabled: unit === 'interval' })
  const longer = useQuery({ ...rollup(forecast.id, hub.code, unit === 'week' ? 'week' : 'day'), enabled: unit !== 'interval' })
  const future = useMemo(() => {
    if (unit === 'interval') return half.data && ofIntervals(half.data, series.intervalMinutes)
    return longer.data && ofRollup(longer.data, series.queue)
  }, [unit, half.data, longer.data, series.intervalMinutes, series.queue])
  const minutes = unit === 'interval' ? series.intervalMinutes : MINUTES[unit]
  const error = past.error ?? (unit === 'interval' ? half.error : longer.error)
  const retry = () => {
    void past.refetch()
    void (unit === 'interval' ? half : longer).refetch()
  }
  if (past.data?.minutes !== minutes || !future) return { ready: false, error, retry }
  return { ready: true, history: past.data, forecast: future, error, retry }
}

const markOf = (e: Schemas['EventResponse']): Mark[] =>
  e.start && e.end ? [{ from: Date.parse(e.start), to: Date.parse(e.end), name: e.name }] : []

/** How good the forecast was where it could be judged. */
function Worth({ series }: { series: QueueProps['series'] }) {
  const w = useWords(words)
  const format = useFormat()
  const { wape, seasonalNaiveWape, coverage80, bias } = series
  if (typeof wape !== 'number') return null
  const gain = typeof seasonalNaiveWape === 'number' && seasonalNaiveWape > 0 ? 1 - wape / seasonalNaiveWape : null
  return (
    <div className="figures">
      <Figure value={format.percent(wape)} label={w.wape} formula={w.wapeFormula} />
      {typeof seasonalNaiveWape === 'number' && <Figure value={format.percent(seasonalNaiveWape)} label={w.naive} />}
      {gain !== null && <Figure value={format.percent(gain)} label={w.better} tone={gain > 0 ? 'ok' : 'under'} />}
      {typeof coverage80 === 'number' && <Figure value={format.percent(coverage80)} label={w.inside} />}
      {typeof bias === 'number' && <Figure value={format.percent(bias)} label={w.bias} formula="Σ(ŷ − y) ÷ Σy" />}
    </div>
  )
}

function Models({ models }: { models: QueueProps['series']['models'] }) {
  const w = useWords(words)
  const format = useFormat()
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{w.models}</th>
          <th scope="col" className="number">
            {w.weight}
          </th>
          <th scope="col" className="number">
            WAPE
          </th>
        </tr>
      </thead>
      <tbody>
        {models
          .filter(m => m.weight > 0)
          .map(m => (
            <tr key={m.model}>
              <th scope="row">{m.model}</th>
              <td className="number">{format.percent(m.weight)}</td>
              <td className="number">{typeof m.backtestWape === 'number' ? format.percent(m.backtestWape) : '–'}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

/** The step under the pointer in words: what came, or what is expected and how sure that is. */
function Readout({ instant, zone, marks, ...data }: Steps & { instant: number; zone: Zone; marks: readonly Mark[] }) {
  const w = useWords(words)
  const format = useFormat()
  if (!data.ready) return null
  const { history: past, forecast: f } = data
  const [h, i] = [stepAt(past.t, seriesEnd(past), instant), stepAt(f.t, k => f.end[k], instant)]
  const at = h >= 0 ? past.t[h] : i >= 0 ? f.t[i] : instant
  const bands = [2, 1, 0].map(k => [f.quantiles[k], f.quantiles[f.quantiles.length - 1 - k]] as const)
  return (
    <div className="stack">
      <b>{format.momentInZone(at, zone)}</b>
      {h >= 0 && (
        <span>
          {w.observed} <b>{format.full(past.y[h])}</b>
        </span>
      )}
      {i >= 0 && (
        <>
          <span>
            {w.expected} <b>{format.figure(f.mean[i])}</b>
          </span>
          {bands.map(([low, high], k) => (
            <span key={w.bands[k]} className="muted">
              {w.bands[k]}: {format.figure(low[i])}–{format.figure(high[i])}
            </span>
          ))}
        </>
      )}
      {marks
        .filter(m => m.from <= instant && instant < m.to)
        .map(m => (
          <span key={m.name} data-tone="warn">
            {m.name}
          </span>
        ))}
    </div>
  )
}

function Legend({ step }: { step: string }) {
  const w = useWords(words)
  return (
    <div className="legend padded">
      <span>
        <i style={{ background: 'var(--history)', height: 2, verticalAlign: 4 }} />
        {w.history} ({step})
      </span>
      <span>
        <i style={{ background: 'var(--median)', height: 2, verticalAlign: 4 }} />
        {w.median}
      </span>
      {['50', '80', '95'].map((band, i) => (
        <span key={band}>
          <i style={{ background: `var(--band-${band})` }} />
          {w.bands[i]}
        </span>
      ))}
      <span>
        <i style={{ background: 'var(--warn)' }} />
        {w.event}
      </span>
      <span>
        <i style={{ background: 'var(--accent)' }} />
        {w.adjusted}
      </span>
    </div>
  )
}

interface Line {
  start: number
  observed: number | null
  mean: number | null
  quantiles: (number | null)[]
}

function rowsOf(past: Series, f: Forecast, { from, to }: Span): Line[] {
  const within = (t: number) => t >= from && t < to
  const before = Array.from(past.t, (t, i) => ({
    start: t,
    observed: past.y[i],
    mean: null,
    quantiles: f.quantiles.map(() => null),
  }))
  const after = Array.from(f.t, (t, i) => ({ start: t, observed: null, mean: f.mean[i], quantiles: f.quantiles.map(q => q[i]) }))
  return [...before, ...after].filter(line => within(line.start))
}

function useColumns(zone: Zone): Column<Line>[] {
  const w = useWords(words)
  const format = useFormat()
  const quantile = (index: number, head: string): Column<Line> => ({ head, value: l => l.quantiles[index], number: true })
  return [
    { head: w.start, value: l => new Date(l.start).toISOString(), show: l => format.moment(l.start, zone) },
    { head: w.observed, value: l => l.observed, number: true },
    { head: w.expected, value: l => l.mean, number: true },
    quantile(0, '2.5 %'),
    quantile(1, '10 %'),
    quantile(2, '25 %'),
    quantile(3, '50 %'),
    quantile(4, '75 %'),
    quantile(5, '90 %'),
    quantile(6, '97.5 %'),
  ]
}
