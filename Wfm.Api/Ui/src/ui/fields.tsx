import { type ReactNode, useId } from 'react'

interface FieldProps {
  label: string
  value: string
  onChange(value: string): void
  type?: 'text' | 'number' | 'date' | 'time' | 'datetime-local' | 'search'
  required?: boolean
  min?: number | string
  max?: number | string
  step?: number | 'any'
  /** What is wrong with the value. */
  error?: string
  hint?: ReactNode
}

/** A named box to write in. */
export function Field({ label, value, onChange, type = 'text', error, hint, ...rest }: FieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className="small">
        {label}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-more` : undefined}
        onChange={event => onChange(event.target.value)}
        {...rest}
      />
      {(error || hint) && (
        <span id={`${id}-more`} className={`small ${error ? '' : 'muted'}`} data-tone={error ? 'bad' : undefined}>
          {error ?? hint}
        </span>
      )}
    </div>
  )
}

interface TextAreaProps {
  label: string
  value: string
  onChange(value: string): void
  rows?: number
}

export function TextArea({ label, value, onChange, rows = 3 }: TextAreaProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className="small">
        {label}
      </label>
      <textarea id={id} rows={rows} value={value} onChange={event => onChange(event.target.value)} />
    </div>
  )
}

interface ChecksProps<T extends string> {
  label: string
  options: readonly (readonly [value: T, text: string])[]
  chosen: readonly T[]
  onChange(chosen: T[]): void
}

/** Any of several. */
export function Checks<T extends string>({ label, options, chosen, onChange }: ChecksProps<T>) {
  const turn = (value: T) => onChange(chosen.includes(value) ? chosen.filter(c => c !== value) : [...chosen, value])
  return (
    <fieldset className="checks">
      <legend className="small">{label}</legend>
      {options.map(([value, text]) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => turn(value)} /> {text}
        </label>
      ))}
    </fieldset>
  )
}
