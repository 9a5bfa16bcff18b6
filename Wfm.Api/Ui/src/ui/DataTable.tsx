import { type ReactNode, useRef, useState } from 'react'
import { useFormat, useWords } from './preferences'

export interface Column<T> {
  head: string
  /** What sorts and what is downloaded. */
  value(row: T): string | number | null | undefined
  /** What is shown, if not the value. */
  show?(row: T): ReactNode
  /** True for numbers, which stand at the right. */
  number?: boolean
}

interface DataTableProps<T> {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey(row: T, index: number): string | number
}

const ROW = 30
const WHOLE = 200 // so many rows are drawn all at once; of more, those in sight

/** The same data as a picture, as a table that sorts; thousands of rows scroll as well as ten. */
export function DataTable<T>({ caption, columns, rows, rowKey }: DataTableProps<T>) {
  const t = useWords()
  const format = useFormat()
  const frame = useRef<HTMLDivElement>(null)
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null)
  const [top, setTop] = useState(0)
  const sorted = sort ? sortRows(rows, columns[sort.column], sort.down) : rows
  const height = frame.current?.clientHeight ?? 800
  const first = rows.length > WHOLE ? Math.max(0, Math.floor(top / ROW) - 10) : 0
  const last = rows.length > WHOLE ? Math.min(rows.length, first + Math.ceil(height / ROW) + 20) : rows.length
  const turn = (column: number) =>
    setSort(s => (s?.column !== column ? { column, down: false } : s.down ? null : { column, down: true }))
  const ordered = (column: number) => (sort?.column !== column ? 'none' : sort.down ? 'descending' : 'ascending')
  return (
    <section
      className="table-frame"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      ref={frame}
      onScroll={event => setTop(event.currentTarget.scrollTop)}
    >
      <table aria-rowcount={rows.length + 1}>
        <caption>
          {caption} · {t.rows(format.full(rows.length))}
        </caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column.head} scope="col" className={column.number ? 'number' : undefined} aria-sort={ordered(i)}>
                <button type="button" className="sort" onClick={() => turn(i)}>
                  {column.head} <span aria-hidden>{sort?.column === i ? (sort.down ? '↓' : '↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={first * ROW} columns={columns.length} />
          {sorted.slice(first, last).map((row, i) => (
            <tr
              key={rowKey(row, first + i)}
              aria-rowindex={first + i + 2}
              style={rows.length > WHOLE ? { height: ROW } : undefined}
            >
              {columns.map((column, c) => {
                const text = column.show ? column.show(row) : shown(column.value(row), format.full.bind(format))
                const className = column.number ? 'number' : undefined
                return c === 0 ? (
                  <th key={column.head} scope="row" className={className}>
                    {text}
                  </th>
                ) : (
                  <td key={column.head} className={className}>
                    {text}
                  </td>
                )
              })}
            </tr>
          ))}
          <Spacer height={(rows.length - last) * ROW} columns={columns.length} />
        </tbody>
      </table>
    </section>
  )
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

function shown(value: string | number | null | undefined, number: (value: number) => string): string {
  return typeof value === 'number' ? number(value) : (value ?? '')
}

/** A copy in order of one column; what has no value comes last either way. */
export function sortRows<T>(rows: readonly T[], column: Column<T>, down: boolean): T[] {
  const sign = down ? -1 : 1
  return rows.toSorted((a, b) => {
    const [x, y] = [column.value(a), column.value(b)]
    if (x === y) return 0
    if (x === null || x === undefined) return 1
    if (y === null || y === undefined) return -1
    return (
      sign *
      (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true }))
    )
  })
}
