import type { Schemas } from '../../../api/client'

/** Kinds of file that can be tried before they count. */
export const KINDS = ['volumes', 'people', 'timeOff', 'balances', 'availability', 'activities'] as const
export type Kind = (typeof KINDS)[number]

export const PATHS: Readonly<Record<Kind, string>> = {
  volumes: '/api/v1/volumes:import',
  people: '/api/v1/agents:changes',
  timeOff: '/api/v1/time-off:import',
  balances: '/api/v1/balances:import',
  availability: '/api/v1/availability:import',
  activities: '/api/v1/activities:import',
}

/** Columns of a file of volumes; the first four must be there. */
export const VOLUME_COLUMNS = [
  'interval_start',
  'queue',
  'hub',
  'offered',
  'handled',
  'handle_time_seconds',
  'abandoned',
  'backlog',
]
export const NEEDED = VOLUME_COLUMNS.slice(0, 4)

const OTHER_NAMES: Readonly<Record<string, string>> = {
  start: 'interval_start',
  time: 'interval_start',
  timestamp: 'interval_start',
  datetime: 'interval_start',
  interval: 'interval_start',
  starttime: 'interval_start',
  skill: 'queue',
  ct: 'queue',
  site: 'hub',
  location: 'hub',
  contacts: 'offered',
  calls: 'offered',
  received: 'offered',
  arrivals: 'offered',
  volume: 'offered',
  answered: 'handled',
  completed: 'handled',
  handletime: 'handle_time_seconds',
  abandons: 'abandoned',
  open: 'backlog',
}

export interface Row {
  /** Its line in the file, the header being line 1. */
  line: number
  cells: string[]
}

export interface File {
  head: string[]
  rows: Row[]
  separator: string
}

/** The cells of a CSV text: commas, semicolons or tabs, found by the header; what is quoted may hold separators, quotes and ends of lines. */
export function parse(text: string): File {
  const clean = text.replace(/^\uFEFF/, '')
  const first = clean.slice(0, (clean.search(/[\r\n]/) + 1 || clean.length + 1) - 1)
  const separator = [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0]
  const rows: Row[] = []
  let [cells, cell, quoted, line, start]: [string[], string, boolean, number, number] = [[], '', false, 1, 1]
  const end = () => {
    cells.push(cell)
    if (cells.length > 1 || cell !== '') rows.push({ line: start, cells })
    cells = []
    cell = ''
  }
  for (let i = 0; i < clean.length; i++) {
    const c = clean[i]
    if (quoted) {
      if (c === '\n') line++
      if (c !== '"') cell += c
      else if (clean[i + 1] === '"') cell += clean[++i]
      else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === separator) {
      cells.push(cell)
      cell = ''
    } else if (c === '\n') {
      end()
      start = ++line
    } else if (c !== '\r') cell += c
  }
  end()
  return { head: rows[0]?.cells.map(h => h.trim()) ?? [], rows: rows.slice(1), separator }
}

/** Which known column each column of the file stands for; null where none is likely. */
export function guess(head: readonly string[]): (string | null)[] {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')
  const taken = new Set<string>()
  const take = (name: string | null | undefined) => {
    if (!name || taken.has(name)) return null
    taken.add(name)
    return name
  }
  const exact = head.map(h => take(VOLUME_COLUMNS.find(c => plain(c) === plain(h))))
  return exact.map((found, i) => found ?? take(OTHER_NAMES[plain(head[i])]))
}

/** The text with the names of its columns replaced; a column without a name keeps its own and is told as unknown by the server. */
export function rename(text: string, file: File, names: readonly (string | null)[]): string {
  const quote = (name: string) => (name.includes(file.separator) || name.includes('"') ? `"${name.replaceAll('"', '""')}"` : name)
  const head = file.head.map((own, i) => quote(names[i] ?? (VOLUME_COLUMNS.includes(own) ? `${own}_ignored` : own)))
  const clean = text.replace(/^\uFEFF/, '')
  const end = clean.search(/\r?\n/)
  return head.join(file.separator) + (end < 0 ? '' : clean.slice(end))
}

/** What a file says of one queue of one hub. */
export interface Understood {
  hub: string
  queue: string
  rows: number
  first: string
  last: string
  offered: number
  /** Contacts by day as written in the file, in order. */
  days: { day: string; offered: number }[]
}

/** Rows by hub and queue, the largest first; rows whose number cannot be read count for none. */
export function understand(file: File, names: readonly (string | null)[]): Understood[] {
  const at = (name: string) => names.indexOf(name)
  const [start, queue, hub, offered] = NEEDED.map(at)
  if (start < 0 || queue < 0 || offered < 0) return []
  const found = new Map<string, Understood & { byDay: Map<string, number> }>()
  for (const { cells } of file.rows) {
    const value = Number(cells[offered]?.replace(',', '.'))
    const time = cells[start]?.trim()
    if (!time || !Number.isFinite(value) || cells[offered]?.trim() === '') continue
    const [h, q] = [hub < 0 ? '' : (cells[hub] ?? ''), cells[queue] ?? '']
    const key = `${h}\n${q}`
    let own = found.get(key)
    if (!own) {
      own = { hub: h, queue: q, rows: 0, first: time, last: time, offered: 0, days: [], byDay: new Map() }
      found.set(key, own)
    }
    own.rows++
    own.offered += value
    if (time < own.first) own.first = time
    if (time > own.last) own.last = time
    const day = time.slice(0, 10)
    own.byDay.set(day, (own.byDay.get(day) ?? 0) + value)
  }
  return [...found.values()]
    .map(({ byDay, ...own }) => ({
      ...own,
      days: [...byDay].sort(([a], [b]) => a.localeCompare(b)).map(([day, sum]) => ({ day, offered: sum })),
    }))
    .sort((a, b) => b.offered - a.offered || a.queue.localeCompare(b.queue))
}

export interface Problem {
  row: number
  field: string
  value: string
  reason: string
}

/** What the server says of a file, in the words of every kind of import. */
export interface Report {
  dryRun: boolean
  accepted: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  problems: Problem[]
  warnings: Problem[]
  unknownColumns: string[]
}

const problem = (p: { row: number; field?: string | null; value?: string | null; reason: string }): Problem => ({
  row: p.row,
  field: p.field ?? '',
  value: p.value ?? '',
  reason: p.reason,
})

export function toReport(answer: Schemas['VolumeImportReport'] | Schemas['RowReport']): Report {
  const { dryRun, accepted, updated, unchanged } = answer
  return 'rejections' in answer
    ? {
        dryRun,
        accepted,
        updated,
        unchanged,
        created: answer.inserted,
        rejected: answer.rejected,
        problems: answer.rejections.map(problem),
        warnings: answer.warnings.map(problem),
        unknownColumns: answer.unknownColumns,
      }
    : {
        dryRun,
        accepted,
        updated,
        unchanged,
        created: answer.created,
        rejected: answer.rejectedRows,
        problems: answer.rejected.map(problem),
        warnings: [],
        unknownColumns: [],
      }
}

/** Bad rows with their cells as they stand in the file and what is wrong with them, in order of line. */
export function inPlace(file: File, names: readonly (string | null)[], problems: readonly Problem[]) {
  const rows = new Map(file.rows.map(r => [r.line, r]))
  const lines = new Map<number, Problem[]>()
  for (const p of problems) lines.set(p.row, [...(lines.get(p.row) ?? []), p])
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([line, found]) => ({
      line,
      cells: file.head.map((head, i) => ({
        text: rows.get(line)?.cells[i] ?? '',
        wrong: found.find(p => p.field !== '' && (p.field === (names[i] ?? head) || same(p.field, names[i] ?? head)))?.reason,
      })),
      reasons: found.map(p => (p.field ? `${p.field}: ${p.reason}` : p.reason)),
    }))
}

/** `intervalStart` and `interval_start` are the same field. */
const same = (a: string, b: string) => a.replaceAll('_', '').toLowerCase() === b.replaceAll('_', '').toLowerCase()
