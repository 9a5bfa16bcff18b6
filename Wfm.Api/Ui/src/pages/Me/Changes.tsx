import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNow } from '../../time/now'
import type { Zone } from '../../time/zone'
import { Button, Chip } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Failure } from '../../ui/states'
import { shiftText } from './NextShift'
import { myChanges, seeChanges } from './queries'
import { words } from './words'

const SHOWN = 6

/** What changed since the last look; all of it new where there was none. */
export function Changes({ zone }: { zone: Zone }) {
  const w = useWords(words)
  const format = useFormat()
  const now = useNow()
  const query = useQuery(myChanges)
  const client = useQueryClient()
  const seen = useMutation({ mutationFn: seeChanges, onSuccess: answer => client.setQueryData(myChanges.queryKey, answer) })
  return (
    <Await query={query} skeleton={<Bars rows={2} />}>
      {({ items, etag, seenAt }) =>
        items.length === 0 ? (
          <p className="muted padded">{seenAt ? w.noChanges(format.ago(Date.parse(seenAt), now)) : w.noChangesYet}</p>
        ) : (
          <section className="card padded stack" aria-label={w.changes}>
            <div className="row">
              <h2 className="grow">{w.changed(String(items.length))}</h2>
              <Button isDisabled={seen.isPending} onPress={() => seen.mutate(etag)}>
                {w.seen}
              </Button>
            </div>
            {seen.error && <Failure error={seen.error} />}
            <ul className="me-list">
              {items.slice(0, SHOWN).map((change, i) => (
                <li key={i}>
                  <Chip tone={change.kind === 'removed' ? 'warn' : 'over'}>{w.changeKinds[change.kind]}</Chip>{' '}
                  {change.before && <s className="muted">{shiftText(change.before, zone, format, w.off)}</s>}{' '}
                  {change.after && <b>{shiftText(change.after, zone, format, w.off)}</b>}
                </li>
              ))}
            </ul>
            {items.length > SHOWN && <p className="small muted">{w.more(String(items.length - SHOWN))}</p>}
          </section>
        )
      }
    </Await>
  )
}
