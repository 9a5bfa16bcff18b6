import { useEffect, useRef, useState } from 'react'
import { useWords } from '../../ui/preferences'
import { type Edit, read } from './model'
import { words } from './words'

interface CellProps<T> {
  /** What the field is called to those who do not see its column. */
  label: string
  value: string | number | null | undefined
  shown: string
  edit: Edit<T>
  busy: boolean
  onSave(value: string | number | null): void
}

/** A value that is edited where it stands: Enter or a click opens it, Enter saves, Escape leaves it as it was. */
export function Cell<T>({ label, value, shown, edit, busy, onSave }: CellProps<T>) {
  const w = useWords(words)
  const [text, setText] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const input = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const opened = text !== null
  useEffect(() => {
    if (!opened) return
    input.current?.focus()
    if (input.current instanceof HTMLInputElement) input.current.select()
  }, [opened])
  if (text === null) {
    return (
      <button
        ref={button}
        type="button"
        className="cell"
        aria-label={`${label}: ${shown || w.none}`}
        disabled={busy}
        onClick={() => setText(value === null || value === undefined ? '' : String(value))}
      >
        {shown || '–'}
      </button>
    )
  }
  const close = () => {
    setText(null)
    setWrong(null)
    requestAnimationFrame(() => button.current?.focus())
  }
  const save = (typed: string) => {
    const answer = read(typed, edit)
    if ('wrong' in answer) return setWrong(w.wrong[answer.wrong])
    if (answer.value !== (value ?? null)) onSave(answer.value)
    close()
  }
  const keys = {
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter') save(text)
      else if (event.key === 'Escape') close()
      else return
      event.preventDefault()
    },
    onBlur: () => (wrong ? close() : save(text)),
    'aria-label': label,
    'aria-invalid': wrong ? true : undefined,
  }
  return (
    <span className="cell-edit">
      {edit.options ? (
        <select ref={input} value={text} {...keys} onChange={event => setText(event.target.value)}>
          {edit.optional && <option value="">–</option>}
          {edit.options.map(o => (
            <option key={o}>{o}</option>
          ))}
        </select>
      ) : (
        <input
          ref={input}
          type={edit.type === 'number' ? 'text' : edit.type}
          inputMode={edit.type === 'number' ? 'decimal' : undefined}
          value={text}
          {...keys}
          onChange={event => {
            setText(event.target.value)
            setWrong(null)
          }}
        />
      )}
      {wrong && (
        <span role="alert" className="small" data-tone="bad">
          {wrong}
        </span>
      )}
    </span>
  )
}
