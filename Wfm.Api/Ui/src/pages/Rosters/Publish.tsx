import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Failure } from '../../ui/states'
import { Changes } from './Changes'
import { comparison, publish, type Roster } from './queries'
import { words } from './words'

interface PublishProps {
  roster: Roster
  etag: string
  /** The published roster of the same period, if there is one. */
  inForce?: Roster
  nameOf(agent: string): string
  onClose(): void
  onPublished(): void
}

/** What would change for whom; then it is in force. */
export function Publish({ roster, etag, inForce, nameOf, onClose, onPublished }: PublishProps) {
  const t = useWords()
  const w = useWords(words)
  const client = useQueryClient()
  const run = useMutation({
    mutationFn: () => publish(roster.id, etag),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['roster', roster.id] }),
        client.invalidateQueries({ queryKey: ['rosters', roster.hub] }),
      ])
      onPublished()
    },
  })
  return (
    <Dialog title={w.publishTitle} open onClose={onClose}>
      {inForce ? <Difference roster={roster} other={inForce} nameOf={nameOf} /> : <p>{w.publishFirst}</p>}
      <p>{w.publishIsFinal}</p>
      {run.error && <Failure error={run.error} />}
      <div className="row">
        <span className="grow" />
        <Button onPress={onClose}>{t.cancel}</Button>
        <Button kind="primary" isDisabled={run.isPending} onPress={() => run.mutate()}>
          {w.publish}
        </Button>
      </div>
    </Dialog>
  )
}

function Difference({ roster, other, nameOf }: { roster: Roster; other: Roster; nameOf(agent: string): string }) {
  const w = useWords(words)
  const format = useFormat()
  const query = useQuery(comparison(other.id, roster.id))
  return (
    <Await query={query}>
      {({ peopleChanged, changes }) => (
        <>
          <p>{w.publishText(format.full(peopleChanged), format.full(changes.length))}</p>
          <Changes changes={changes} most={6} nameOf={nameOf} />
        </>
      )}
    </Await>
  )
}
