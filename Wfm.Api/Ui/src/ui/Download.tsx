import { Button } from './controls'
import { csv, saveAs } from './csv'
import type { Column } from './DataTable'
import { useKeys } from './keys'
import { useWords } from './preferences'

interface DownloadProps<T> {
  /** Without its ending. */
  name: string
  columns: readonly Column<T>[]
  rows: readonly T[]
}

/** The data of a picture as a file, by button or `D`. */
export function Download<T>({ name, columns, rows }: DownloadProps<T>) {
  const t = useWords()
  const save = () =>
    saveAs(
      `${name}.csv`,
      csv(
        columns.map(c => c.head),
        rows.map(row => columns.map(c => c.value(row))),
      ),
    )
  useKeys([{ keys: 'd', label: t.downloadCsv, run: save }])
  return (
    <Button onPress={save} isDisabled={rows.length === 0}>
      {t.download}
    </Button>
  )
}
