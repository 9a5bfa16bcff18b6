import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Format } from '../../time/format'
import { DAY, HOUR, type Zone } from '../../time/zone'
import { fit } from '../canvas'
import { downsample, type Series, stepFor } from '../downsample'
import { paletteOf } from '../palette'
import { snap, TimeAxis } from '../TimeAxis'
import { drawChoice, drawFan, innerWidth, LEFT, type Mark, type View } from './draw'
import { type Forecast, highest, panned, type Span, zoomed } from './model'

interface FanProps {
  label: string
  hint: string
  history: Series
  forecast: Forecast
  cutOff: number
  events: readonly Mark[]
  adjusted: readonly Mark[]
  zone: Zone
  format: Format
  dark: boolean
  unit: string
  caption(minutes: number, missing: number): string
  view: Span
  full: Span
  onView(span: Span): void
  onWidth(pixels: number): void
  /** Length in milliseconds to which a selection snaps. */
  step: number
  selection: Span | null
  onSelect(span: Span | null): void
  readout(instant: number): ReactNode
  spoken(instant: number): string
}

/** A forecast with its uncertainty over the history; both in the same step, counts from zero, gaps as gaps. */
export function Fan(p: FanProps) {
  const frame = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [cursor, setCursor] = useState<number | null>(null)
  const grip = useRef<{ x: number; view: Span; select: number | null } | null>(null)
  const palette = useMemo(() => paletteOf(p.dark), [p.dark])
  const { onWidth } = p

  useLayoutEffect(() => {
    const node = frame.current!
    const measure = () => {
      setSize({ width: node.clientWidth, height: node.clientHeight })
      onWidth(innerWidth(node.clientWidth))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(node)
    measure()
    return () => observer.disconnect()
  }, [onWidth])

  const pixels = innerWidth(size.width)
  const axis = useMemo(
    () => new TimeAxis(p.view.from, p.view.to, pixels / ((p.view.to - p.view.from) / HOUR), p.zone),
    [p.view.from, p.view.to, pixels, p.zone],
  )
  const buckets = useMemo(() => {
    const minutes = stepFor(p.history.minutes, axis.from, axis.to, pixels)
    return downsample(p.history, axis.from, axis.to, minutes, p.zone)
  }, [p.history, axis, pixels, p.zone])
  const viewOn = (canvas: HTMLCanvasElement): View => ({
    c: fit(canvas, size.width, size.height),
    palette,
    axis,
    format: p.format,
    ...size,
    most: highest(p.history, p.forecast, p.view),
    unit: p.unit,
    caption: p.caption(buckets.minutes, buckets.missing),
  })
  useEffect(() => {
    if (!size.width) return
    const id = requestAnimationFrame(() => drawFan(viewOn(base.current!), buckets, p.forecast, p.cutOff, p.events, p.adjusted))
    return () => cancelAnimationFrame(id)
  })
  useEffect(() => {
    if (!size.width) return
    const id = requestAnimationFrame(() => drawChoice(viewOn(over.current!), p.selection, cursor))
    return () => cancelAnimationFrame(id)
  })

  // React's own wheel listener is passive, and the page would scroll.
  const latest = useRef(p)
  latest.current = p
  useEffect(() => {
    const node = over.current!
    const onWheel = (event: WheelEvent) => {
      const { view, full, onView } = latest.current
      event.preventDefault()
      const span = view.to - view.from
      const width = innerWidth(node.clientWidth)
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        onView(panned(view, ((event.deltaX || event.deltaY) / width) * span, full))
        return
      }
      const around = view.from + ((event.offsetX - LEFT) / width) * span
      onView(zoomed(view, Math.exp(event.deltaY * 0.0015), around, full))
    }
    node.addEventListener('wheel', onWheel, { passive: false })
    return () => node.removeEventListener('wheel', onWheel)
  }, [])

  const at = (event: PointerEvent) => {
    const box = over.current!.getBoundingClientRect()
    return axis.at(event.clientX - box.left - LEFT)
  }
  const select = (a: number, b: number) => {
    const [from, to] = [snap(Math.min(a, b), p.step, p.zone), snap(Math.max(a, b), p.step, p.zone)]
    p.onSelect(to > from ? { from: Math.max(from, p.cutOff), to } : null)
  }
  const pointer = {
    onPointerDown(event: PointerEvent) {
      event.currentTarget.setPointerCapture(event.pointerId)
      const instant = at(event)
      grip.current = { x: event.clientX, view: p.view, select: instant >= p.cutOff && !event.shiftKey ? instant : null }
    },
    onPointerMove(event: PointerEvent) {
      const g = grip.current
      const instant = at(event)
      if (!g) return setCursor(instant > axis.from && instant < axis.to ? instant : null)
      if (Math.abs(event.clientX - g.x) < 4) return
      if (g.select !== null) select(g.select, instant)
      else p.onView(panned(g.view, -((event.clientX - g.x) / pixels) * (g.view.to - g.view.from), p.full))
    },
    onPointerUp(event: PointerEvent) {
      if (grip.current && Math.abs(event.clientX - grip.current.x) < 4) {
        const day = p.zone.startOfDay(at(event))
        p.onSelect(day >= p.zone.startOfDay(p.cutOff) ? { from: Math.max(day, p.cutOff), to: p.zone.nextDay(day) } : null)
      }
      grip.current = null
    },
    onPointerLeave: () => setCursor(null),
  }

  /** Arrows move, + and − zoom, 0 shows all; Shift with arrows chooses days. */
  const onKeyDown = (event: KeyboardEvent) => {
    const { view, full } = p
    const span = view.to - view.from
    const middle = (view.from + view.to) / 2
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const sign = event.key === 'ArrowLeft' ? -1 : 1
      if (event.shiftKey) extend(sign)
      else p.onView(panned(view, (sign * span) / 8, full))
    } else if (event.key === '+' || event.key === '=') p.onView(zoomed(view, 0.7, middle, full))
    else if (event.key === '-') p.onView(zoomed(view, 1 / 0.7, middle, full))
    else if (event.key === '0') p.onView(full)
    else if (event.key === 'Escape' && p.selection) p.onSelect(null)
    else return
    event.preventDefault()
  }
  const extend = (sign: number) => {
    const first = p.zone.startOfDay(p.cutOff)
    if (!p.selection) return p.onSelect({ from: p.cutOff, to: p.zone.nextDay(first) })
    const to = sign > 0 ? p.zone.nextDay(p.selection.to) : p.zone.startOfDay(p.selection.to - DAY / 2)
    p.onSelect(to > p.selection.from ? { from: p.selection.from, to } : null)
  }

  return (
    <div
      className="fan"
      ref={frame}
      role="application"
      aria-label={p.label}
      aria-description={p.hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by keys
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <canvas ref={base} />
      <canvas ref={over} {...pointer} />
      {cursor !== null && (
        <div className="tip" style={tipAt(LEFT + axis.x(cursor), size.width)}>
          {p.readout(cursor)}
        </div>
      )}
      <p className="hidden" aria-live="polite">
        {p.selection ? p.spoken(p.selection.from) : ''}
      </p>
    </div>
  )
}

const tipAt = (x: number, width: number) => (x > width / 2 ? { right: width - x + 12, top: 40 } : { left: x + 12, top: 40 })
