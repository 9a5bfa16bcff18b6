import { Dialog } from '../ui/controls'
import { type Binding, keyNames, useAllKeys } from '../ui/keys'
import { useWords } from '../ui/preferences'

/** What the keyboard can do here. */
export function Help({ open, onClose }: { open: boolean; onClose(): void }) {
  const t = useWords()
  const keys = useAllKeys()
  return (
    <Dialog title={t.keys} open={open} onClose={onClose}>
      <KeyList title={t.keysPage} keys={keys.filter(b => !b.global)} />
      <KeyList title={t.keysGlobal} keys={keys.filter(b => b.global)} />
    </Dialog>
  )
}

function KeyList({ title, keys }: { title: string; keys: readonly Binding[] }) {
  if (keys.length === 0) return null
  return (
    <div className="stack">
      <h3>{title}</h3>
      <dl className="keys">
        {keys.map(binding => (
          <div key={binding.keys}>
            <dt>
              {keyNames(binding.keys).map(name => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{binding.label}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
