import type { Column } from '../../ui/DataTable'

/** A row that a list gives and a `PUT` takes back, with the tag of its version. */
export interface Tagged {
  etag: string
}

export interface Edit<T> {
  type: 'text' | 'number' | 'time' | 'date'
  min?: number
  max?: number
  /** An empty value is allowed and means null. */
  optional?: boolean
  /** Allowed values, if they are few. */
  options?: readonly string[]
  /** A copy with the value in place. */
  set(row: T, value: string | number | null): T
}

export interface EditColumn<T> extends Column<T> {
  edit?: Edit<T>
}

/** What is wrong with a value that was typed. */
export type Wrong = 'empty' | 'notANumber' | 'tooSmall' | 'tooLarge'

/** The value that a text stands for, or what is wrong with it. A comma may be the decimal point. */
export function read<T>(text: string, edit: Edit<T>): { value: string | number | null } | { wrong: Wrong } {
  const trimmed = text.trim()
  if (trimmed === '') return edit.optional ? { value: null } : { wrong: 'empty' }
  if (edit.type !== 'number') return { value: trimmed }
  const value = Number(trimmed.replace(',', '.').replace('−', '-'))
  if (!Number.isFinite(value)) return { wrong: 'notANumber' }
  if (edit.min !== undefined && value < edit.min) return { wrong: 'tooSmall' }
  if (edit.max !== undefined && value > edit.max) return { wrong: 'tooLarge' }
  return { value }
}

/** The columns in which two versions of a row differ, with both values. */
export function differences<T>(columns: readonly EditColumn<T>[], a: T, b: T): { head: string; a: string; b: string }[] {
  const text = (value: string | number | null | undefined) => (value === null || value === undefined ? '' : String(value))
  return columns.map(c => ({ head: c.head, a: text(c.value(a)), b: text(c.value(b)) })).filter(d => d.a !== d.b)
}

/** Rows in which any column holds the letters, in any case. */
export function filter<T>(rows: readonly T[], columns: readonly Column<T>[], letters: string | undefined): readonly T[] {
  const wanted = letters?.trim().toLowerCase()
  if (!wanted) return rows
  return rows.filter(row =>
    columns.some(c =>
      String(c.value(row) ?? '')
        .toLowerCase()
        .includes(wanted),
    ),
  )
}

/** Opening hours in few words: `Mon–Fri 08:00–18:00`; an empty list is the whole week. */
export function hoursOf(windows: readonly { day: string; from: string; to: string }[], day: (name: string) => string): string {
  const runs: { first: string; last: string; hours: string; index: number }[] = []
  for (const w of windows) {
    const hours = `${w.from.slice(0, 5)}–${w.to.slice(0, 5)}`
    const index = DAYS.indexOf(w.day)
    const run = runs.find(r => r.hours === hours && r.index === index - 1)
    if (run) Object.assign(run, { last: w.day, index })
    else runs.push({ first: w.day, last: w.day, hours, index })
  }
  return runs.map(r => `${r.first === r.last ? day(r.first) : `${day(r.first)}–${day(r.last)}`} ${r.hours}`).join(', ')
}

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** `hours 11, nightFromHour 23` of a rule's numbers. */
export const parametersOf = (parameters: Readonly<Record<string, number>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
