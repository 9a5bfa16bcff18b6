import { useEffect, useRef } from 'react'
import { usePreferences } from '../../ui/preferences'
import { fit, font } from '../canvas'
import { paletteOf } from '../palette'
import { useWidth } from '../useWidth'
import { moved, stepOf } from './model'
import './heat.css'

export interface Cell {
  row: number
  column: number
}

interface HeatProps {
  label: string
  rows: readonly string[]
  /** Text above a column, or null where none stands. */
  columns: readonly (string | null)[]
  /** The difference of a cell; null where the day has no such interval. */
  value(row: number, column: number): number | null
  /** The largest difference either way. */
  most: number
  chosen: Cell | null
  onChoose(cell: Cell): void
  /** A cell in words, for those who do not see it. */
  say(cell: Cell): string
}

const [LEFT, TOP, ROW] = [92, 20, 22]

/** Differences by row and column in seven steps, with their sign where there is room. Arrow keys go from cell to cell. */
export function Heat({ label, rows, columns, value, most, chosen, onChoose, say }: HeatProps) {
  const { dark } = usePreferences()
  const [frame, width] = useWidth<HTMLElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const height = TOP + rows.length * ROW
  const cell = Math.max(4, (width - LEFT) / columns.length)
  const whole = LEFT + cell * columns.length
  useEffect(() => {
    if (!canvas.current || width === 0) return
    const palette = paletteOf(dark)
    const c = fit(canvas.current, whole, height)
    c.clearRect(0, 0, whole, height)
    c.font = font(11)
    c.textBaseline = 'middle'
    let free = 0
    columns.forEach((text, i) => {
      const x = LEFT + i * cell
      if (!text || x < free) return
      c.fillStyle = palette.muted
      c.fillText(text, x, TOP / 2)
      free = x + c.measureText(text).width + 8
    })
    rows.forEach((text, row) => {
      c.fillStyle = palette.text
      c.fillText(text, 0, TOP + (row + 0.5) * ROW, LEFT - 8)
      for (let column = 0; column < columns.length; column++) {
        const v = value(row, column)
        if (v === null) continue
        const step = stepOf(v, most)
        c.fillStyle = palette[`heat-${step}`]
        c.fillRect(LEFT + column * cell, TOP + row * ROW, cell - 1, ROW - 1)
        const figure = step === 4 ? '' : `${v < 0 ? '−' : '+'}${Math.round(Math.abs(v))}`
        if (cell >= 20 && figure) {
          c.fillStyle =
            step === 1 || step === 7 || (step === 2 && !dark) || (step === 6 && !dark) ? palette.surface : palette.text
          if (dark && (step === 2 || step === 6)) c.fillStyle = palette.surface
          c.textAlign = 'center'
          c.fillText(figure, LEFT + (column + 0.5) * cell, TOP + (row + 0.5) * ROW)
          c.textAlign = 'start'
        }
      }
    })
    if (chosen) {
      c.strokeStyle = palette.text
      c.lineWidth = 2
      c.strokeRect(LEFT + chosen.column * cell, TOP + chosen.row * ROW, cell - 1, ROW - 1)
    }
  }, [dark, width, whole, height, cell, rows, columns, value, most, chosen])
  return (
    <section
      ref={frame}
      className="heat"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from cell to cell
      tabIndex={0}
      onKeyDown={event => {
        const next = moved(chosen ?? { row: 0, column: 0 }, event.key, rows.length, columns.length)
        if (!next) return
        onChoose(next)
        event.preventDefault()
      }}
    >
      <canvas
        ref={canvas}
        onPointerDown={event => {
          const box = event.currentTarget.getBoundingClientRect()
          const at = {
            row: Math.floor((event.clientY - box.top - TOP) / ROW),
            column: Math.floor((event.clientX - box.left - LEFT) / cell),
          }
          if (at.row >= 0 && at.row < rows.length && at.column >= 0 && at.column < columns.length) onChoose(at)
        }}
      />
      <p className="hidden" role="status">
        {chosen ? say(chosen) : ''}
      </p>
    </section>
  )
}
