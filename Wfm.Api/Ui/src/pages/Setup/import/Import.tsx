import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { me, type Permission } from '../../../api/queries'
import { Button, Choice } from '../../../ui/controls'
import { useFormat, useWords } from '../../../ui/preferences'
import { Bars, Failure } from '../../../ui/states'
import { Findings } from './Findings'
import { ForecastNow } from './ForecastNow'
import { guess, KINDS, type Kind, NEEDED, parse, rename, understand, VOLUME_COLUMNS } from './model'
import { send } from './send'
import { UnderstoodPicture } from './UnderstoodPicture'
import { words } from './words'

const NEEDS: Readonly<Record<Kind, Permission>> = {
  volumes: 'writeVolumes',
  people: 'writePeople',
  timeOff: 'writePeople',
  balances: 'decideRequests',
  availability: 'decideRequests',
  activities: 'writeRosters',
}

/** A file in three steps on one page: drop it, see what was understood, bring it in. */
export function Import() {
  const w = useWords(words)
  const { data } = useQuery(me)
  const kinds = KINDS.filter(k => data?.permissions.includes(NEEDS[k]))
  const [kind, setKind] = useState<Kind | null>(null)
  const [dropped, setDropped] = useState<{ name: string; text: string } | null>(null)
  const chosen = kind ?? kinds[0] ?? 'volumes'
  return (
    <div className="stack">
      <div className="row">
        <Choice<Kind>
          label={w.fileOf}
          value={chosen}
          options={kinds.map(k => [k, w.importKinds[k]] as const)}
          onChange={setKind}
        />
        {dropped && <Button onPress={() => setDropped(null)}>{w.otherFile}</Button>}
      </div>
      {dropped ? (
        <Tried key={`${chosen} ${dropped.name} ${dropped.text.length}`} kind={chosen} {...dropped} />
      ) : (
        <Drop kind={chosen} onDrop={(name, text) => setDropped({ name, text })} />
      )}
    </div>
  )
}

function Steps({ now }: { now: 1 | 2 | 3 }) {
  const w = useWords(words)
  return (
    <ol className="steps">
      {[w.stepDrop, w.stepTry, w.stepImport].map((text, i) => (
        <li key={text} aria-current={i + 1 === now ? 'step' : undefined}>
          {i + 1}. {text}
        </li>
      ))}
    </ol>
  )
}

const LARGEST = 100_000_000

function Drop({ kind, onDrop }: { kind: Kind; onDrop(name: string, text: string): void }) {
  const w = useWords(words)
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    setTooLarge(file.size > LARGEST)
    if (file.size <= LARGEST) onDrop(file.name, await file.text())
  }
  return (
    <>
      <Steps now={1} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button does the same by keyboard */}
      <div
        className="drop card"
        data-over={over}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        <p>{w.dropHere}</p>
        <Button kind="primary" onPress={() => input.current?.click()}>
          {w.chooseFile}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.txt,.tsv,.json,.ndjson,.jsonl"
          onChange={event => void take(event.target.files?.[0])}
        />
        <p className="small muted">{kind === 'volumes' ? w.volumeColumns(VOLUME_COLUMNS.join(', ')) : w.otherColumns}</p>
        {tooLarge && (
          <p role="alert" data-tone="bad">
            {w.tooLarge}
          </p>
        )}
      </div>
    </>
  )
}

function Tried({ kind, name, text }: { kind: Kind; name: string; text: string }) {
  const w = useWords(words)
  const format = useFormat()
  const client = useQueryClient()
  const isCsv = !/\.(nd)?jsonl?$/i.test(name)
  const file = useMemo(() => (isCsv ? parse(text) : { head: [], rows: [], separator: ',' }), [isCsv, text])
  const mapped = kind === 'volumes' && isCsv
  const [names, setNames] = useState(() => (mapped ? guess(file.head) : file.head.map(() => null)))
  const lacking = mapped ? NEEDED.filter(n => n !== 'hub' && !names.includes(n)) : []
  const sent = () => (mapped ? rename(text, file, names) : text)
  const dry = useMutation({ mutationFn: () => send(kind, sent(), name, true) })
  const real = useMutation({
    mutationFn: () => send(kind, sent(), name, false),
    onSuccess: () => client.invalidateQueries(),
  })
  const understood = useMemo(() => (mapped ? understand(file, names) : []), [mapped, file, names])
  const report = real.data ?? dry.data
  return (
    <>
      <Steps now={real.data ? 3 : 2} />
      <p>
        <b>{name}</b> <span className="muted">{isCsv ? w.rowsIn(format.full(file.rows.length)) : ''}</span>
      </p>
      {mapped && !real.data && (
        <Mapping
          head={file.head}
          sample={file.rows[0]?.cells ?? []}
          names={names}
          onChange={next => {
            setNames(next)
            dry.reset()
          }}
        />
      )}
      {lacking.length > 0 && (
        <p role="alert" data-tone="bad">
          {w.lacking(lacking.join(', '))}
        </p>
      )}
      {understood.length > 0 && <UnderstoodPicture found={understood} />}
      {!real.data && (
        <div className="row">
          <Button
            kind={dry.data ? undefined : 'primary'}
            isDisabled={lacking.length > 0 || dry.isPending}
            onPress={() => dry.mutate()}
          >
            {dry.data ? w.tryAgain : w.try}
          </Button>
          {dry.data && (
            <Button kind="primary" isDisabled={dry.data.accepted === 0 || real.isPending} onPress={() => real.mutate()}>
              {w.importRows(format.full(dry.data.accepted))}
            </Button>
          )}
          <span className="small muted">{dry.data ? w.importNote : w.tryNote}</span>
        </div>
      )}
      {(dry.isPending || real.isPending) && <Bars rows={3} />}
      {(real.error ?? dry.error) && <Failure error={real.error ?? dry.error} />}
      {report && <Findings report={report} file={file} names={names} name={name} />}
      {real.data && kind === 'volumes' && <ForecastNow hubs={[...new Set(understood.map(u => u.hub).filter(h => h !== ''))]} />}
    </>
  )
}

interface MappingProps {
  head: readonly string[]
  sample: readonly string[]
  names: readonly (string | null)[]
  onChange(names: (string | null)[]): void
}

/** What each column of the file stands for. */
function Mapping({ head, sample, names, onChange }: MappingProps) {
  const w = useWords(words)
  return (
    <fieldset className="checks">
      <legend>{w.mapping}</legend>
      <div className="fields grow">
        {head.map((own, i) => (
          <div key={`${own} ${i}`} className="field">
            <label className="small" htmlFor={`column-${i}`}>
              {own} <span className="muted">({sample[i] ?? ''})</span>
            </label>
            <select
              id={`column-${i}`}
              value={names[i] ?? ''}
              onChange={event =>
                onChange(names.map((n, at) => (at === i ? event.target.value || null : n === event.target.value ? null : n)))
              }
            >
              <option value="">{w.ignore}</option>
              {VOLUME_COLUMNS.map(c => (
                <option key={c}>{c}</option>
              ))}
            </select>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
