import { Button } from '../../ui/controls'
import { useWords } from '../../ui/preferences'
import type { Refusal } from './useEdits'
import { words } from './words'

/** Why an edit was not made: the rule with its numbers, its text and where it stands written. */
export function Refused({ refusal, onDismiss, onReload }: { refusal: Refusal; onDismiss(): void; onReload(): void }) {
  const t = useWords()
  const w = useWords(words)
  const isOld = refusal.error.status === 412
  const [first, ...others] = refusal.findings
  return (
    <div className="card notice" data-tone={isOld ? 'warn' : 'bad'} role="alert">
      <span className="mark">✕ {w.refused}</span>
      <span className="grow">
        {first ? (
          <>
            <b>{first.message}</b> {first.text} <span className="muted">{first.source}</span>
            {others.length > 0 && <span className="muted"> {w.more(String(others.length))}</span>}
          </>
        ) : (
          <b>{isOld ? w.changedSince : refusal.error.message || t.offline}</b>
        )}
      </span>
      {isOld && <Button onPress={onReload}>{t.show}</Button>}
      <Button kind="quiet" onPress={onDismiss}>
        {t.close}
      </Button>
    </div>
  )
}
