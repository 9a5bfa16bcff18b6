export type PartKind = 'work' | 'break' | 'meal' | 'wellness' | 'other'

export interface Part {
  kind: PartKind
  start: number
  end: number
  /** Skill group of work; empty for anything else. */
  group: string
}

/** One shift as it is drawn, its parts in order without layers: what is seen is what is worked. */
export interface Bar {
  id: string
  row: string
  start: number
  end: number
  /** The group it works on longest. */
  group: string
  parts: readonly Part[]
}

export interface Row {
  id: string
  name: string
  note: string
  bars: readonly Bar[]
  /** What was there in the version it is compared with. */
  ghosts?: readonly Bar[]
}

/** A bar on its way to another row or time. */
export interface Move {
  bar: Bar
  row: string
  start: number
}

/** Heads by interval. */
export interface Coverage {
  start: number
  /** Length of an interval in milliseconds. */
  step: number
  required: ArrayLike<number>
  scheduled: ArrayLike<number>
}

export const moved = ({ bar, row, start }: Move): Bar => {
  const by = start - bar.start
  return {
    ...bar,
    row,
    start,
    end: bar.end + by,
    parts: bar.parts.map(p => ({ ...p, start: p.start + by, end: p.end + by })),
  }
}

/** The bar at an instant; of two, the later one. */
export const barAt = (bars: readonly Bar[], instant: number) => bars.findLast(b => b.start <= instant && instant < b.end)

/** The bar to go to from another by an arrow: the one before or after it in its row, or the nearest in the next row that has any. */
export function neighbour(rows: readonly Row[], from: Bar, key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'): Bar {
  const at = rows.findIndex(r => r.id === from.row)
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const bars = rows[at]?.bars ?? []
    const i = bars.findIndex(b => b.id === from.id)
    return bars[i + (key === 'ArrowLeft' ? -1 : 1)] ?? from
  }
  const step = key === 'ArrowUp' ? -1 : 1
  for (let i = at + step; i >= 0 && i < rows.length; i += step) {
    const nearest = rows[i].bars.toSorted((a, b) => Math.abs(a.start - from.start) - Math.abs(b.start - from.start))[0]
    if (nearest) return nearest
  }
  return from
}
