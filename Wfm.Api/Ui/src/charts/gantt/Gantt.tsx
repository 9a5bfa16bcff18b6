import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Format } from '../../time/format'
import { MINUTE, type Zone } from '../../time/zone'
import { fit, font } from '../canvas'
import { paletteOf } from '../palette'
import { snap, TimeAxis } from '../TimeAxis'
import { COVER, type CoverageWords, drawBar, drawCoverage, drawRows, HEAD, ROW, screenX, screenY, type View } from './draw'
import { type Bar, barAt, type Coverage, type Move, moved, neighbour, type Row } from './model'

const STEP = 15 * MINUTE

export interface Verdict {
  text: string
  bad: boolean
}

interface GanttProps {
  label: string
  rows: readonly Row[]
  zone: Zone
  from: number
  to: number
  /** 0 fits the whole period. */
  pixelsPerHour: number
  now: number
  dark: boolean
  format: Format
  words: CoverageWords & { hint: string }
  slotOf(group: string): number
  /** Heads with the shift where it is dragged to, in the same frame. */
  coverage(move: Move | null): Coverage
  chosen: Bar | null
  onChoose(bar: Bar): void
  /** Null where nothing can be moved. */
  onDrag: ((move: Move) => void) | null
  onDrop(move: Move): void
  /** What the server says of the move in hand. */
  verdict: Verdict | null
  /** An instant to bring into sight. */
  focus: number | null
  describe(bar: Bar): string
}

/** A roster by person and time over its coverage: one canvas over the rows in sight, another for what moves. */
export function Gantt(p: GanttProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const over = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [hover, setHover] = useState<{ bar: Bar; x: number; y: number } | null>(null)
  const [said, say] = useState('')
  const drag = useRef<Drag | null>(null)
  const names = size.width < 620 ? 96 : 190
  const palette = useMemo(() => paletteOf(p.dark), [p.dark])
  const axis = useMemo(() => {
    const fitted = Math.max(0.5, (size.width - names) / ((p.to - p.from) / 3_600_000))
    return new TimeAxis(p.from, p.to, p.pixelsPerHour || fitted, p.zone)
  }, [p.from, p.to, p.pixelsPerHour, p.zone, size.width, names])
  const index = useMemo(() => new Map(p.rows.map((row, i) => [row.id, i])), [p.rows])
  const latest = useRef(p)
  latest.current = p

  useLayoutEffect(() => {
    const node = scroller.current!
    const measure = () => setSize({ width: node.clientWidth, height: node.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(node)
    measure()
    return () => observer.disconnect()
  }, [])

  const viewOn = (canvas: HTMLCanvasElement): View => ({
    c: fit(canvas, size.width, size.height),
    palette,
    axis,
    format: p.format,
    names,
    ...size,
    left: scroller.current!.scrollLeft,
    top: scroller.current!.scrollTop,
    slotOf: p.slotOf,
  })
  const drawOver = () => {
    if (!size.width || !over.current) return
    const v = viewOn(over.current)
    v.c.clearRect(0, 0, size.width, size.height)
    const move = drag.current?.move ?? null
    drawCoverage(v, p.coverage(move), p.words)
    const chosen = move ? null : p.chosen
    const row = chosen ? index.get(chosen.row) : undefined
    if (chosen && row !== undefined) outline(v, chosen, row, palette.accent)
    if (move) drawMove(v, move, index.get(move.row) ?? 0, p.verdict)
  }
  const drawBase = () => {
    if (!size.width || !base.current) return
    drawRows(viewOn(base.current), p.rows, bar => drag.current?.move.bar.id === bar.id, p.now)
  }
  const frames = useFrames(drawBase, drawOver)
  // Whatever is drawn is drawn anew when it has changed; what lies over it alone.
  useEffect(() => frames('all'), [p.rows, axis, palette, size, p.now, p.coverage, p.chosen, p.format])
  useEffect(() => frames('over'), [p.verdict])

  useEffect(() => {
    if (p.focus === null || !scroller.current || !size.width) return
    scroller.current.scrollLeft = axis.x(p.focus) - (size.width - names) / 3
  }, [p.focus, axis, size.width, names])
  const chosenId = p.chosen?.id
  useEffect(() => {
    const row = p.chosen ? index.get(p.chosen.row) : undefined
    if (p.chosen && row !== undefined) reveal(scroller.current!, axis, p.chosen, row, names)
  }, [chosenId])

  const find = (event: PointerEvent) => {
    const box = over.current!.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    const node = scroller.current!
    const at = axis.at(x - names + node.scrollLeft)
    const row = Math.floor((y - HEAD + node.scrollTop) / ROW)
    const inside = x >= names && y >= HEAD && y < size.height - COVER
    return { x, y, at, row, bar: inside && p.rows[row] ? barAt(p.rows[row].bars, at) : undefined }
  }
  const begin = (bar: Bar, grab: number, x: number, y: number) => {
    drag.current = { move: { bar, row: bar.row, start: bar.start }, grab, x, y, active: false }
  }
  const to = (start: number, row: string) => {
    const d = drag.current!
    d.active = true
    if (start === d.move.start && row === d.move.row) return
    d.move = { ...d.move, start, row }
    latest.current.onDrag?.(d.move)
    frames('all')
  }
  const finish = (commit: boolean) => {
    const d = drag.current
    drag.current = null
    frames('all')
    if (d?.active && commit && (d.move.start !== d.move.bar.start || d.move.row !== d.move.bar.row)) p.onDrop(d.move)
  }
  const pointer = {
    onPointerDown(event: PointerEvent) {
      const { bar, at, x, y } = find(event)
      if (!bar || event.button !== 0) return
      setHover(null)
      p.onChoose(bar)
      if (!p.onDrag) return
      event.currentTarget.setPointerCapture(event.pointerId)
      begin(bar, at - bar.start, x, y)
    },
    onPointerMove(event: PointerEvent) {
      const d = drag.current
      const { x, y, at, row, bar } = find(event)
      if (!d) return setHover(bar ? { bar, x, y } : null)
      if (!d.active && Math.hypot(x - d.x, y - d.y) < 4) return
      to(snap(at - d.grab, STEP, p.zone), p.rows[Math.min(p.rows.length - 1, Math.max(0, row))].id)
    },
    onPointerUp: () => finish(true),
    onPointerCancel: () => finish(false),
    onPointerLeave: () => setHover(null),
  }

  /** Arrows go from shift to shift; with Alt they carry it, Enter lets it go, Escape takes it back. */
  const onKeyDown = (event: KeyboardEvent) => {
    const bar = drag.current?.move.bar ?? p.chosen ?? p.rows.find(r => r.bars.length > 0)?.bars[0]
    if (!bar) return
    if (event.altKey && isArrow(event.key) && p.onDrag) {
      if (!drag.current) begin(bar, 0, 0, 0)
      const { start, row } = drag.current!.move
      const by = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : 0
      const next = (index.get(row) ?? 0) + (event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0)
      to(start + by, p.rows[Math.min(p.rows.length - 1, Math.max(0, next))].id)
      const there = moved(drag.current!.move)
      say(`${p.rows[index.get(there.row) ?? 0].name}, ${p.format.range(there.start, there.end, p.zone)}`)
    } else if (event.key === 'Enter' && drag.current) finish(true)
    else if (event.key === 'Escape' && drag.current) finish(false)
    else if (isArrow(event.key) && !drag.current && !event.altKey) {
      const next = p.chosen ? neighbour(p.rows, bar, event.key) : bar
      p.onChoose(next)
      say(p.describe(next))
    } else return
    event.preventDefault()
  }

  return (
    <div
      className="gantt"
      ref={scroller}
      role="application"
      aria-label={p.label}
      aria-description={p.words.hint}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by keys
      tabIndex={0}
      onScroll={() => frames('all')}
      onKeyDown={onKeyDown}
      onBlur={() => finish(false)}
    >
      <div className="gantt-stage" style={{ ...size, marginBottom: -size.height }} {...pointer}>
        <canvas ref={base} />
        <canvas ref={over} />
        {hover && (
          <div className="tip" style={place(hover.x, hover.y, size)}>
            {p.describe(hover.bar)}
          </div>
        )}
      </div>
      <div style={{ width: names + axis.width, height: HEAD + p.rows.length * ROW + COVER }} />
      <div aria-live="polite" className="hidden">
        {p.verdict ? `${said}. ${p.verdict.text}` : said}
      </div>
    </div>
  )
}

interface Drag {
  move: Move
  /** How far behind the start of the bar it was taken. */
  grab: number
  x: number
  y: number
  active: boolean
}

type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'
const isArrow = (key: string): key is Arrow => key.startsWith('Arrow')

/** Draws at most once a frame; what lies over the rows may be drawn alone. */
function useFrames(drawBase: () => void, drawOver: () => void): (what: 'all' | 'over') => void {
  const draw = useRef({ drawBase, drawOver })
  draw.current = { drawBase, drawOver }
  const waiting = useRef<{ frame: number; all: boolean } | null>(null)
  useEffect(
    () => () => {
      cancelAnimationFrame(waiting.current?.frame ?? 0)
      waiting.current = null
    },
    [],
  )
  return what => {
    const all = what === 'all'
    if (waiting.current) {
      waiting.current.all ||= all
      return
    }
    const frame = requestAnimationFrame(() => {
      const both = waiting.current?.all
      waiting.current = null
      if (both) draw.current.drawBase()
      draw.current.drawOver()
    })
    waiting.current = { frame, all }
  }
}

function outline(v: View, bar: Bar, row: number, colour: string) {
  const y = screenY(v, row)
  if (y < HEAD - ROW || y > v.height - COVER) return
  v.c.save()
  v.c.beginPath()
  v.c.rect(v.names, HEAD, v.width - v.names, v.height - COVER - HEAD)
  v.c.clip()
  v.c.strokeStyle = colour
  v.c.lineWidth = 2
  v.c.beginPath()
  v.c.roundRect(screenX(v, bar.start) - 1, y + 2, screenX(v, bar.end) - screenX(v, bar.start) + 2, ROW - 6, 4)
  v.c.stroke()
  v.c.restore()
}

function drawMove(v: View, move: Move, row: number, verdict: Verdict | null) {
  const { c, palette } = v
  const bar = moved(move)
  const y = screenY(v, row)
  drawBar(v, bar, y)
  outline(v, bar, row, verdict?.bad ? palette.bad : palette.ok)
  const times = v.format.range(bar.start, bar.end, v.axis.zone)
  const text = verdict ? `${times}  ${verdict.bad ? '✕' : '✓'} ${verdict.text}` : times
  c.font = font(12, 500)
  const width = Math.min(c.measureText(text).width + 20, v.width - v.names - 16)
  const x = Math.min(Math.max(v.names + 4, screenX(v, bar.start)), v.width - width - 8)
  const top = y > HEAD + 30 ? y - 24 : y + ROW + 4
  c.fillStyle = palette.text
  c.beginPath()
  c.roundRect(x, top, width, 22, 5)
  c.fill()
  c.fillStyle = palette.surface
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillText(text, x + 10, top + 11.5, width - 20)
}

function reveal(node: HTMLDivElement, axis: TimeAxis, bar: Bar, row: number, names: number) {
  const [left, right] = [axis.x(bar.start), axis.x(bar.end)]
  const room = node.clientWidth - names
  if (left < node.scrollLeft || right > node.scrollLeft + room) node.scrollLeft = left - room / 3
  const [top, rows] = [row * ROW, node.clientHeight - HEAD - COVER]
  if (top < node.scrollTop || top + ROW > node.scrollTop + rows) node.scrollTop = top - rows / 2
}

function place(x: number, y: number, size: { width: number; height: number }) {
  return x > size.width / 2
    ? { right: size.width - x + 14, top: Math.min(y + 14, size.height - 80) }
    : { left: x + 14, top: Math.min(y + 14, size.height - 80) }
}
