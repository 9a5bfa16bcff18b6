import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { isStatus } from '../../api/problems'
import { Button } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { Field } from '../../ui/fields'
import { useKeys } from '../../ui/keys'
import { useWords } from '../../ui/preferences'
import { Empty, Failure } from '../../ui/states'
import { Cell } from './Cell'
import { differences, type EditColumn, filter, type Tagged } from './model'
import { words } from './words'

const route = getRouteApi('/shell/setup/$part')

interface EditTableProps<T> {
  name: string
  caption: string
  rows: readonly T[]
  columns: readonly EditColumn<T>[]
  rowKey(row: T): string
  /** Where the rows lie in the cache. */
  queryKey: QueryKey
  /** Writes a row; `If-Match` is the tag that the row has. Without it nothing is edited. */
  put?: (row: T) => Promise<T>
  get?: (row: T) => Promise<T>
}

interface Change<T> {
  before: T
  after: T
}

/** Rows that are edited in place. Each change is sent by itself with the version it was made on; the last one can be taken back. */
export function EditTable<T extends Tagged>({ name, caption, rows, columns, rowKey, queryKey, put, get }: EditTableProps<T>) {
  const t = useWords()
  const w = useWords(words)
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const client = useQueryClient()
  const [last, setLast] = useState<Change<T> | null>(null)
  const [conflict, setConflict] = useState<{ mine: T; theirs: T } | null>(null)
  const keep = (row: T) =>
    client.setQueryData(queryKey, (all: readonly T[] | undefined) => all?.map(r => (rowKey(r) === rowKey(row) ? row : r)))
  const save = useMutation({
    mutationFn: ({ after }: Change<T>) => put!(after),
    onMutate: () => setConflict(null),
    onSuccess: (saved, { before }) => {
      keep(saved)
      setLast({ before, after: saved })
    },
    onError: async (error, { after }) => {
      if (isStatus(error, 412) && get) setConflict({ mine: after, theirs: await get(after) })
    },
  })
  const undo = () => last && save.mutate({ before: last.after, after: { ...last.before, etag: last.after.etag } })
  useKeys(put ? [{ keys: 'mod+z', label: t.undo, run: () => void undo() }] : [])
  const shown = filter(rows, columns, q)
  return (
    <div className="card stack grow setup-table">
      <div className="row padded">
        <Field
          label={w.filter}
          type="search"
          value={q ?? ''}
          onChange={value => void navigate({ search: s => ({ ...s, q: value || undefined }), replace: true })}
        />
        <span className="grow" />
        {last && (
          <span className="small" role="status">
            {w.saved(
              rowKey(last.after),
              differences(columns, last.before, last.after)
                .map(d => `${d.head} ${d.a || '–'} → ${d.b || '–'}`)
                .join(', '),
            )}{' '}
            <Button kind="quiet" isDisabled={save.isPending} onPress={undo}>
              {t.undo}
            </Button>
          </span>
        )}
        <Download name={name} columns={columns} rows={shown} />
      </div>
      {conflict ? (
        <Conflict
          columns={columns}
          {...conflict}
          name={rowKey(conflict.mine)}
          onTheirs={() => {
            keep(conflict.theirs)
            setConflict(null)
          }}
          onMine={() => save.mutate({ before: conflict.theirs, after: { ...conflict.mine, etag: conflict.theirs.etag } })}
        />
      ) : (
        save.error && <Failure error={save.error} />
      )}
      {shown.length === 0 ? (
        <Empty>{q ? w.noneFound : w.noneYet}</Empty>
      ) : (
        <DataTable
          caption={put ? `${caption} · ${w.editNote}` : caption}
          columns={
            put
              ? columns.map(c => editable(c, rowKey, save.isPending, (before, after) => save.mutate({ before, after })))
              : columns
          }
          rows={shown}
          rowKey={rowKey}
        />
      )}
    </div>
  )
}

function editable<T>(
  column: EditColumn<T>,
  rowKey: (row: T) => string,
  busy: boolean,
  save: (before: T, after: T) => void,
): Column<T> {
  const edit = column.edit
  if (!edit) return column
  return {
    ...column,
    show: row => (
      <Cell
        label={`${column.head} ${rowKey(row)}`}
        value={column.value(row)}
        shown={shownOf(column, row)}
        edit={edit}
        busy={busy}
        onSave={value => save(row, edit.set(row, value))}
      />
    ),
  }
}

function shownOf<T>(column: EditColumn<T>, row: T): string {
  const shown = column.show?.(row)
  return typeof shown === 'string' ? shown : String(column.value(row) ?? '')
}

interface ConflictProps<T> {
  columns: readonly EditColumn<T>[]
  mine: T
  theirs: T
  name: string
  onMine(): void
  onTheirs(): void
}

/** Both versions, cell by cell; nothing is merged silently. */
function Conflict<T>({ columns, mine, theirs, name, onMine, onTheirs }: ConflictProps<T>) {
  const w = useWords(words)
  return (
    <div className="notice card" data-tone="warn" role="alert">
      <span className="mark">{w.conflict(name)}</span>
      <span>
        {differences(columns, mine, theirs)
          .map(d => w.mineAndTheirs(d.head, d.a || '–', d.b || '–'))
          .join('; ')}
      </span>
      <Button onPress={onTheirs}>{w.takeTheirs}</Button>
      <Button onPress={onMine}>{w.writeMine}</Button>
    </div>
  )
}
