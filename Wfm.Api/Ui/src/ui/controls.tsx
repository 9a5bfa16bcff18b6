import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  type ButtonProps,
  Heading,
  Label,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  Popover,
  Select,
  SelectValue,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components'

export type Tone = 'under' | 'over' | 'ok' | 'warn' | 'bad'
type Options<T extends string> = readonly (readonly [value: T, text: string])[]

interface ChoiceProps<T extends string> {
  label: string
  value: T
  options: Options<T>
  onChange(value: T): void
}

export function Button({ kind, className, ...rest }: ButtonProps & { kind?: 'primary' | 'quiet' }) {
  return <AriaButton {...rest} className={`button ${kind ?? ''} ${typeof className === 'string' ? className : ''}`.trim()} />
}

/** One of many, from a list that opens. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Select className="choice" value={value} onChange={key => onChange(key as T)}>
      <Label className="label muted wide-only">{label}</Label>
      <AriaButton>
        <SelectValue />
        <span aria-hidden className="muted">
          ▾
        </span>
      </AriaButton>
      <Popover className="popover">
        <ListBox>
          {options.map(([key, text]) => (
            <ListBoxItem key={key} id={key} textValue={text}>
              {text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}

/** One of few, all in sight. */
export function Segments<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <ToggleButtonGroup
      className="segments"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={keys => {
        for (const key of keys) onChange(key as T)
      }}
    >
      {options.map(([key, text]) => (
        <ToggleButton key={key} id={key}>
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

/** A number with what it counts under it; `formula` says on hover how it comes about. */
export function Figure({ value, label, tone, formula }: { value: ReactNode; label: string; tone?: Tone; formula?: string }) {
  return (
    <div className="figure" title={formula}>
      <b data-tone={tone}>{value}</b>
      <span>{label}</span>
    </div>
  )
}

export function Chip({ children, tone }: { children: ReactNode; tone?: Tone }) {
  return (
    <span className="chip" data-tone={tone}>
      {children}
    </span>
  )
}

export function Meter({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div className="meter" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <span style={{ width: `${percent}%` }} />
    </div>
  )
}

/** What stands beside a picture; it scrolls, so the keyboard must reach it. */
export function Side({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <aside className="card side stack" aria-label={label} tabIndex={0}>
      {children}
    </aside>
  )
}

interface DialogProps {
  title: string
  open: boolean
  onClose(): void
  children: ReactNode
  className?: string
}

export function Dialog({ title, open, onClose, children, className }: DialogProps) {
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={now => !now && onClose()} isDismissable>
      <Modal className={`dialog ${className ?? ''}`.trim()}>
        <AriaDialog>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
