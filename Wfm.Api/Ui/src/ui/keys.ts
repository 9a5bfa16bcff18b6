import { useEffect, useRef, useSyncExternalStore } from 'react'

/** A key and what it does. `mod+k` is Ctrl or ⌘, `g f` is one key after another. */
export interface Binding {
  keys: string
  label: string
  run(): void
  /** Holds on every page. */
  global?: boolean
}

const SEQUENCE_MS = 1200

/** The keys that hold now, in the order in which they were added: a later one wins. */
export class KeyMap {
  private bindings: readonly Binding[] = []
  private readonly listeners = new Set<() => void>()
  private before: { key: string; at: number } | null = null

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly all = () => this.bindings

  add(added: readonly Binding[]): () => void {
    this.set([...this.bindings, ...added])
    return () => this.set(this.bindings.filter(b => !added.includes(b)))
  }

  /** Runs what the key stands for. @returns whether there was anything. */
  press(key: string, mod: boolean, shift: boolean, now: number): boolean {
    const before = this.before && now - this.before.at < SEQUENCE_MS ? `${this.before.key} ${key}` : null
    const single = `${mod ? 'mod+' : ''}${shift && (mod || key.length > 1) ? 'shift+' : ''}${key}`
    const found = (before && this.find(before)) || this.find(single)
    this.before = !found && !mod && this.bindings.some(b => b.keys.startsWith(`${key} `)) ? { key, at: now } : null
    found?.run()
    return found !== undefined
  }

  private find(keys: string): Binding | undefined {
    return this.bindings.findLast(b => b.keys === keys)
  }

  private set(bindings: readonly Binding[]) {
    this.bindings = bindings
    for (const listener of this.listeners) listener()
  }
}

export const keyMap = new KeyMap()

/** Adds keys for as long as the component is there. */
export function useKeys(bindings: readonly Binding[]): void {
  const latest = useRef(bindings)
  latest.current = bindings
  const name = bindings.map(b => b.keys + b.label).join()
  useEffect(() => keyMap.add(latest.current.map((b, i) => ({ ...b, run: () => latest.current[i]?.run() }))), [name])
}

export const useAllKeys = () => useSyncExternalStore(keyMap.subscribe, keyMap.all)

/** Listens to the keyboard; keys that write into a field, and those inside a dialog, stay where they are. */
export function useKeyboard(): void {
  useEffect(() => {
    const on = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey
      if (event.defaultPrevented || event.altKey || (!mod && isBusy(event.target))) return
      if (keyMap.press(event.key.length === 1 ? event.key.toLowerCase() : event.key, mod, event.shiftKey, event.timeStamp))
        event.preventDefault()
    }
    addEventListener('keydown', on)
    return () => removeEventListener('keydown', on)
  }, [])
}

const isBusy = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], [role="menu"]') !== null

/** `Ctrl` `K` for the reader. */
export const keyNames = (keys: string) =>
  keys.split(' ').map(key =>
    key
      .split('+')
      .map(part => (part === 'mod' ? 'Ctrl' : part === 'shift' ? 'Shift' : part.length === 1 ? part.toUpperCase() : part))
      .join(' '),
  )
