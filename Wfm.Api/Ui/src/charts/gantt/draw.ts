import type { Format } from '../../time/format'
import { ellipsis, font, within } from '../canvas'
import { groupColour, type Palette } from '../palette'
import type { TimeAxis } from '../TimeAxis'
import type { Bar, Coverage, Row } from './model'

export const ROW = 26
export const HEAD = 42
export const COVER = 128
const BAR = ROW - 8

/** Everything that a frame needs to know. */
export interface View {
  c: CanvasRenderingContext2D
  palette: Palette
  axis: TimeAxis
  format: Format
  /** Width of the column of names. */
  names: number
  width: number
  height: number
  left: number
  top: number
  slotOf(group: string): number
}

const right = (v: View) => v.left + v.width - v.names
export const screenX = (v: View, instant: number) => v.names + v.axis.x(instant) - v.left
export const screenY = (v: View, index: number) => HEAD + index * ROW - v.top

export function drawRows(v: View, rows: readonly Row[], isFaint: (bar: Bar) => boolean, now: number): void {
  const { c, palette } = v
  c.fillStyle = palette.surface
  c.fillRect(0, 0, v.width, v.height)
  const bottom = v.height - COVER
  const first = Math.max(0, Math.floor(v.top / ROW))
  const last = Math.min(rows.length, Math.ceil((v.top + bottom - HEAD) / ROW))
  within(c, v.names, HEAD, v.width - v.names, bottom - HEAD, () => {
    drawDays(v, HEAD, bottom)
    for (let i = first; i < last; i++) {
      const y = screenY(v, i)
      c.fillStyle = palette.grid
      c.fillRect(v.names, y + ROW - 1, v.width, 1)
      for (const bar of rows[i].ghosts ?? []) drawGhost(v, bar, y)
      for (const bar of rows[i].bars) {
        if (v.axis.x(bar.end) >= v.left && v.axis.x(bar.start) <= right(v)) drawBar(v, bar, y, isFaint(bar) ? 0.3 : 1)
      }
    }
    drawNow(v, now, HEAD, bottom)
  })
  within(c, 0, HEAD, v.names, bottom - HEAD, () => drawNames(v, rows, first, last))
  drawHead(v)
}

function drawDays(v: View, from: number, to: number) {
  const { c, palette, axis } = v
  for (const day of axis.days(v.left, right(v))) {
    if (axis.zone.weekday(day) > 4) {
      c.fillStyle = palette.weekend
      c.fillRect(screenX(v, day), from, axis.x(axis.zone.nextDay(day)) - axis.x(day), to - from)
    }
    c.fillStyle = palette.grid
    for (const hour of axis.hours(day, 34)) c.fillRect(Math.round(screenX(v, hour)), from, 1, to - from)
    c.fillStyle = palette.line
    c.fillRect(Math.round(screenX(v, day)), from, 1, to - from)
  }
}

function drawNow(v: View, now: number, from: number, to: number) {
  if (now < v.axis.from || now > v.axis.to) return
  v.c.fillStyle = v.palette.accent
  v.c.fillRect(Math.round(screenX(v, now)), from, 1.5, to - from)
}

export function drawBar(v: View, bar: Bar, y: number, alpha = 1): void {
  const { c, palette } = v
  const [x0, x1] = [screenX(v, bar.start), screenX(v, bar.end)]
  const detail = v.axis.pixelsPerHour >= 4
  c.globalAlpha = alpha
  c.save()
  c.beginPath()
  c.roundRect(x0 + 0.5, y + 3, Math.max(2, x1 - x0 - 1), BAR, 3)
  c.clip()
  fillWork(v, bar.group, x0, y, x1 - x0)
  if (detail) {
    for (const part of bar.parts) {
      const [a, b] = [screenX(v, part.start), screenX(v, part.end)]
      if (part.kind === 'work') {
        if (part.group !== bar.group) fillWork(v, part.group, a, y, b - a)
      } else if (part.kind === 'break') {
        c.fillStyle = palette.break
        c.fillRect(a, y + 3, b - a, BAR)
      } else if (part.kind === 'meal') {
        c.fillStyle = palette.meal
        c.fillRect(a, y + 6, b - a, BAR - 6)
      } else {
        c.fillStyle = part.kind === 'wellness' ? palette.wellness : palette.off
        c.fillRect(a, y + 3, b - a, BAR)
        c.fillStyle = part.kind === 'wellness' ? palette.ok : palette.surface
        for (let line = 0; line < 3; line++) c.fillRect(a + 1, y + 7 + line * 4, Math.max(1, b - a - 2), 1)
      }
    }
  }
  c.restore()
  writeGroups(v, bar, y)
  c.globalAlpha = 1
}

function fillWork(v: View, group: string, x: number, y: number, width: number) {
  const { c, palette } = v
  if (group === '') {
    c.fillStyle = palette.off
    c.fillRect(x, y + 3, width, BAR)
    return
  }
  const { fill, hatched } = groupColour(palette, v.slotOf(group))
  c.fillStyle = fill
  c.fillRect(x, y + 3, width, BAR)
  if (!hatched) return
  c.strokeStyle = palette.surface
  c.lineWidth = 1
  c.beginPath()
  for (let at = x - BAR; at < x + width; at += 6) {
    c.moveTo(at, y + 3 + BAR)
    c.lineTo(at + BAR, y + 3)
  }
  c.stroke()
}

/** The name of the group in the longest stretch of its work, where it fits: colour is never alone. */
function writeGroups(v: View, bar: Bar, y: number) {
  const { c } = v
  if (bar.group === '' || v.axis.x(bar.end) - v.axis.x(bar.start) < 120) return
  const work = bar.parts.filter(p => p.kind === 'work' && p.group === bar.group)
  const longest = work.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0]
  if (!longest) return
  const x = Math.max(screenX(v, longest.start), v.names)
  c.font = font(11, 500)
  if (c.measureText(bar.group).width > screenX(v, longest.end) - x - 8) return
  c.fillStyle = groupColour(v.palette, v.slotOf(bar.group)).ink
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  c.fillText(bar.group, x + 4, y + ROW / 2 - 0.5)
}

function drawGhost(v: View, bar: Bar, y: number) {
  const { c } = v
  const [x0, x1] = [screenX(v, bar.start), screenX(v, bar.end)]
  c.setLineDash([3, 3])
  c.strokeStyle = v.palette.muted
  c.lineWidth = 1
  c.strokeRect(x0 + 0.5, y + 2.5, x1 - x0, BAR + 1)
  c.setLineDash([])
}

function drawNames(v: View, rows: readonly Row[], first: number, last: number) {
  const { c, palette } = v
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  for (let i = first; i < last; i++) {
    const y = screenY(v, i) + ROW / 2
    c.font = font(12, 500)
    c.fillStyle = palette.text
    const name = ellipsis(c, rows[i].name, v.names - 20)
    c.fillText(name, 10, y)
    const at = 16 + c.measureText(name).width
    c.font = font(11)
    c.fillStyle = palette.muted
    c.fillText(ellipsis(c, rows[i].note, v.names - at - 6), at, y)
  }
}

function drawHead(v: View) {
  const { c, palette, axis, format } = v
  c.fillStyle = palette.surface
  c.fillRect(0, 0, v.width, HEAD)
  c.fillStyle = palette.line
  c.fillRect(0, HEAD - 1, v.width, 1)
  c.fillRect(v.names - 1, 0, 1, v.height)
  c.textBaseline = 'alphabetic'
  c.textAlign = 'left'
  const dayWidth = axis.pixelsPerHour * 24
  within(c, v.names, 0, v.width - v.names, HEAD, () => {
    for (const day of axis.days(v.left, right(v))) {
      const [x, end] = [screenX(v, day), screenX(v, axis.zone.nextDay(day))]
      c.fillStyle = palette.line
      c.fillRect(Math.round(x), 0, 1, HEAD)
      c.fillStyle = axis.zone.weekday(day) > 4 ? palette.muted : palette.text
      c.font = font(12, 600)
      const text = dayWidth > 84 ? format.day(day, axis.zone) : String(Number(axis.zone.date(day).slice(8)))
      c.fillText(text, Math.min(Math.max(x, v.names) + 5, end - c.measureText(text).width - 4), 16)
      c.font = font(11)
      c.fillStyle = palette.muted
      if (dayWidth <= 84) c.fillText(format.weekday(day, axis.zone, dayWidth > 34 ? 'short' : 'narrow'), x + 5, 33)
      else for (const hour of axis.hours(day, 44)) c.fillText(axis.zone.clock(hour), screenX(v, hour) + 3, 33)
    }
  })
}

export interface CoverageWords {
  heads: string
  required: string
  missing: string
  spare: string
}

/** Required as a line, what is missing in orange above the staffed heads, what is spare in blue; zero-based. */
export function drawCoverage(v: View, coverage: Coverage, words: CoverageWords): void {
  const { c, palette, axis } = v
  const top = v.height - COVER
  const [zero, full] = [top + COVER - 10, COVER - 30]
  c.fillStyle = palette.surface
  c.fillRect(0, top, v.width, COVER)
  c.fillStyle = palette.line
  c.fillRect(0, top, v.width, 1)
  c.fillRect(v.names - 1, top, 1, COVER)
  const { start, step, required, scheduled } = coverage
  const most = Math.max(1, ...Array.from(required), ...Array.from(scheduled))
  const y = (heads: number) => zero - (heads / most) * full
  const first = Math.max(0, Math.floor((axis.at(v.left) - start) / step))
  const last = Math.min(required.length, Math.ceil((axis.at(right(v)) - start) / step) + 1)
  const width = axis.x(start + step) - axis.x(start) + 0.4
  within(c, v.names, top, v.width - v.names, COVER, () => {
    drawDays(v, top + 1, v.height)
    for (let i = first; i < last; i++) {
      const [x, need, have] = [screenX(v, start + i * step), required[i], scheduled[i]]
      fillBetween(c, palette['history-soft'], x, width, y(Math.min(need, have)), zero)
      if (have < need - 0.05) fillBetween(c, palette.under, x, width, y(need), y(have))
      if (have > need + 0.05) fillBetween(c, palette['over-soft'], x, width, y(have), y(need))
    }
    c.strokeStyle = palette.text
    c.lineWidth = 1.25
    c.beginPath()
    for (let i = first; i < last; i++) {
      c.lineTo(screenX(v, start + i * step), y(required[i]))
      c.lineTo(screenX(v, start + (i + 1) * step), y(required[i]))
    }
    c.stroke()
  })
  drawCoverageLegend(v, top, words)
  c.textAlign = 'right'
  c.textBaseline = 'middle'
  c.font = font(11)
  c.fillStyle = palette.muted
  for (const heads of new Set([0, Math.floor(most / 2), Math.floor(most)]))
    c.fillText(v.format.figure(heads), v.names - 8, y(heads))
}

function fillBetween(c: CanvasRenderingContext2D, colour: string, x: number, width: number, top: number, bottom: number) {
  c.fillStyle = colour
  c.fillRect(x, top, width, Math.max(0, bottom - top))
}

function drawCoverageLegend(v: View, top: number, words: CoverageWords) {
  const { c, palette } = v
  if (v.names < 140) return
  c.textAlign = 'left'
  c.textBaseline = 'middle'
  c.font = font(12, 600)
  c.fillStyle = palette.text
  c.fillText(words.heads, 10, top + 18)
  const lines: [string, string][] = [
    [palette.text, words.required],
    [palette.under, words.missing],
    [palette['over-soft'], words.spare],
  ]
  c.font = font(11)
  lines.forEach(([colour, text], i) => {
    const y = top + 40 + i * 18
    c.fillStyle = colour
    c.fillRect(10, i === 0 ? y - 1 : y - 5, 12, i === 0 ? 2 : 10)
    c.fillStyle = palette.muted
    c.fillText(text, 28, y)
  })
}
