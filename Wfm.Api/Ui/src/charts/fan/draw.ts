import type { Format } from '../../time/format'
import { DAY } from '../../time/zone'
import { font, within } from '../canvas'
import { type Buckets, lowerBound } from '../downsample'
import type { Palette } from '../palette'
import type { TimeAxis } from '../TimeAxis'
import { type Forecast, LEVELS, type Span, ticks } from './model'

export const LEFT = 58
export const TOP = 26
export const BOTTOM = 26
const RIGHT = 8

export interface Mark extends Span {
  name: string
}

export interface View {
  c: CanvasRenderingContext2D
  palette: Palette
  axis: TimeAxis
  format: Format
  width: number
  height: number
  most: number
  unit: string
  caption: string
}

export const innerWidth = (width: number) => Math.max(1, width - LEFT - RIGHT)
const x = (v: View, instant: number) => LEFT + v.axis.x(instant)

export function drawFan(
  v: View,
  history: Buckets,
  forecast: Forecast,
  cutOff: number,
  events: readonly Mark[],
  adjusted: readonly Mark[],
): void {
  const { c, palette, width, height } = v
  c.fillStyle = palette.surface
  c.fillRect(0, 0, width, height)
  const marks = ticks(v.most)
  const top = marks[marks.length - 1]
  const y = (value: number) => height - BOTTOM - (value / top) * (height - TOP - BOTTOM)
  drawTimes(v)
  c.font = font(11)
  c.textBaseline = 'middle'
  c.textAlign = 'right'
  for (const mark of marks) {
    c.fillStyle = palette.grid
    c.fillRect(LEFT, Math.round(y(mark)), width - LEFT - RIGHT, 1)
    c.fillStyle = palette.muted
    c.fillText(v.format.figure(mark), LEFT - 8, y(mark))
  }
  c.textAlign = 'left'
  c.fillText(v.unit, LEFT, 12)
  c.textAlign = 'right'
  c.fillText(v.caption, width - RIGHT, 12)
  within(c, LEFT, TOP - 4, width - LEFT - RIGHT, height - TOP - BOTTOM + 5, () => {
    for (const event of events) drawMark(v, event, palette.warn)
    for (const one of adjusted) drawMark(v, one, palette.accent)
    drawHistory(v, history, y)
    drawBands(v, forecast, y)
    c.setLineDash([4, 3])
    c.strokeStyle = palette.muted
    c.lineWidth = 1
    c.beginPath()
    c.moveTo(Math.round(x(v, cutOff)) + 0.5, TOP)
    c.lineTo(Math.round(x(v, cutOff)) + 0.5, height - BOTTOM)
    c.stroke()
    c.setLineDash([])
  })
}

/** Weekends, and days or months as far as there is room for their names. */
function drawTimes(v: View) {
  const { c, palette, axis, height } = v
  const zone = axis.zone
  const days = zone.days(axis.from, axis.to)
  const room = axis.pixelsPerHour * 24
  c.font = font(11)
  c.textBaseline = 'middle'
  c.textAlign = 'left'
  for (const day of days) {
    if (room > 4 && zone.weekday(day) > 4) {
      c.fillStyle = palette.weekend
      within(c, LEFT, TOP, innerWidth(v.width), height, () =>
        c.fillRect(x(v, day), TOP, axis.x(zone.nextDay(day)) - axis.x(day), height - TOP - BOTTOM),
      )
    }
  }
  let free = LEFT
  for (const day of days) {
    const isMark = room >= 76 || (room >= 11 && zone.weekday(day) === 0) || zone.date(day).endsWith('-01')
    if (!isMark || x(v, day) < LEFT) continue
    const text = room < 11 ? v.format.month(day, zone) : v.format.day(day, zone)
    c.fillStyle = palette.line
    c.fillRect(Math.round(x(v, day)), TOP, 1, height - TOP - BOTTOM)
    if (x(v, day) < free || x(v, day) + c.measureText(text).width > v.width - RIGHT) continue
    c.fillStyle = palette.muted
    c.fillText(text, x(v, day) + 3, height - BOTTOM + 13)
    free = x(v, day) + c.measureText(text).width + 14
  }
}

function drawMark(v: View, mark: Mark, colour: string) {
  const [a, b] = [x(v, mark.from), x(v, mark.to)]
  v.c.fillStyle = colour
  v.c.globalAlpha = 0.1
  v.c.fillRect(a, TOP, b - a, v.height - TOP - BOTTOM)
  v.c.globalAlpha = 1
  v.c.fillRect(a, TOP - 3, Math.max(2, b - a), 3)
}

/** The mean of every step as a line, from its lowest to its highest as an area; nothing across a gap. */
function drawHistory(v: View, b: Buckets, y: (value: number) => number) {
  const { c, palette } = v
  const isOne = (i: number) => b.n[i] <= 1
  c.fillStyle = palette['history-soft']
  for (let i = 0; i < b.t.length; i++) {
    if (!isOne(i))
      c.fillRect(x(v, b.t[i]), y(b.high[i]), Math.max(1, x(v, b.end[i]) - x(v, b.t[i])), Math.max(1, y(b.low[i]) - y(b.high[i])))
  }
  c.strokeStyle = palette.history
  c.lineWidth = 1.25
  c.lineJoin = 'round'
  c.beginPath()
  for (let i = 0; i < b.t.length; i++) {
    const at = x(v, (b.t[i] + b.end[i]) / 2)
    const isGap = i === 0 || b.t[i] - b.end[i - 1] > 1.5 * (b.end[i] - b.t[i])
    if (isGap) c.moveTo(at, y(b.mean[i]))
    else c.lineTo(at, y(b.mean[i]))
  }
  c.stroke()
}

function drawBands(v: View, f: Forecast, y: (value: number) => number) {
  const { c, palette, axis } = v
  const first = Math.max(0, lowerBound(f.t, axis.from) - 1)
  const last = Math.min(f.t.length, lowerBound(f.t, axis.to) + 1)
  const at = (i: number) => x(v, (f.t[i] + f.end[i]) / 2)
  const isApart = (i: number) => i > first && f.t[i] - f.end[i - 1] > DAY / 48
  ;['band-95', 'band-80', 'band-50'].forEach((name, k) => {
    const [low, high] = [f.quantiles[k], f.quantiles[LEVELS.length - 1 - k]]
    c.fillStyle = palette[name]
    for (let from = first; from < last; ) {
      let to = from + 1
      while (to < last && !isApart(to)) to++
      c.beginPath()
      for (let i = from; i < to; i++) c.lineTo(at(i), y(high[i]))
      for (let i = to - 1; i >= from; i--) c.lineTo(at(i), y(low[i]))
      c.fill()
      from = to
    }
  })
  c.strokeStyle = palette.median
  c.lineWidth = 1.75
  c.lineJoin = 'round'
  c.beginPath()
  const median = f.quantiles[3]
  for (let i = first; i < last; i++) {
    if (i === first || isApart(i)) c.moveTo(at(i), y(median[i]))
    else c.lineTo(at(i), y(median[i]))
  }
  c.stroke()
}

/** What is chosen, and the line under the pointer. */
export function drawChoice(v: View, selection: Span | null, cursor: number | null): void {
  const { c, palette, height } = v
  c.clearRect(0, 0, v.width, height)
  within(c, LEFT, TOP, innerWidth(v.width), height - TOP - BOTTOM, () => {
    if (selection) {
      const [a, b] = [x(v, selection.from), x(v, selection.to)]
      c.fillStyle = palette.accent
      c.globalAlpha = 0.14
      c.fillRect(a, TOP, b - a, height)
      c.globalAlpha = 1
      c.fillRect(a, TOP, 1.5, height)
      c.fillRect(b - 1.5, TOP, 1.5, height)
    }
    if (cursor !== null) {
      c.fillStyle = palette.muted
      c.fillRect(Math.round(x(v, cursor)), TOP, 1, height)
    }
  })
}
