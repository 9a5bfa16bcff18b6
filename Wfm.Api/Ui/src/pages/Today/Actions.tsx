import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Schemas } from '../../api/client'
import { isStatus } from '../../api/problems'
import { useNow } from '../../time/now'
import { MINUTE } from '../../time/zone'
import { Button, Chip } from '../../ui/controls'
import { useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Await, Bars, Failure } from '../../ui/states'
import { lateAvoided, mostHelped, type Recommendation } from './model'
import { apply, recommend, recommendations, undo } from './queries'
import { words } from './words'

const route = getRouteApi('/shell/today')
const LASTS = 30 * MINUTE // the server applies no older ones

/** What can be done about the rest of the day, best first: effect and price of each, and the way back. */
export function Actions({ hub }: { hub: string }) {
  const w = useWords(words)
  const { actions: id } = route.useSearch()
  const navigate = route.useNavigate()
  const client = useQueryClient()
  const find = useMutation({
    mutationFn: () => recommend(hub),
    onSuccess: set => {
      client.setQueryData(recommendations(set.id).queryKey, set)
      void navigate({ search: s => ({ ...s, actions: set.id }), replace: true })
    },
  })
  return (
    <aside className="card side stack" aria-label={w.actions}>
      <div className="row">
        <h2 className="grow">{w.actions}</h2>
        <Button kind={id ? undefined : 'primary'} isDisabled={find.isPending} onPress={() => find.mutate()}>
          {find.isPending ? w.finding : id ? w.findAgain : w.find}
        </Button>
      </div>
      {find.error && <Failure error={find.error} />}
      {id ? <Found id={id} hub={hub} /> : !find.isPending && <p className="muted">{w.findNote}</p>}
      {find.isPending && <Bars rows={4} />}
    </aside>
  )
}

function Found({ id, hub }: { id: string; hub: string }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const now = useNow()
  const query = useQuery(recommendations(id))
  if (query.data && query.data.hub !== hub) return <p className="muted">{w.findNote}</p>
  return (
    <Await query={query} skeleton={<Bars rows={6} />}>
      {set => (
        <>
          <p className="small muted">
            {format.momentInZone(Date.parse(set.madeAt), zone)} · {w.rule}
          </p>
          {now - Date.parse(set.madeAt) > LASTS && <p data-tone="warn">{w.tooOld}</p>}
          {set.actions.length === 0 && <p>{w.nothingToDo}</p>}
          <ol className="stack">
            {set.actions.map(action => (
              <li key={action.number} className="today-action">
                <Action set={set} action={action} />
              </li>
            ))}
            <li className="today-action">
              <Nothing set={set} />
            </li>
          </ol>
        </>
      )}
    </Await>
  )
}

function Action({ set, action }: { set: Schemas['RecommendationSetResponse']; action: Recommendation }) {
  const w = useWords(words)
  const t = useWords()
  const format = useFormat()
  const zone = useZone()
  const client = useQueryClient()
  const done = () => client.invalidateQueries({ queryKey: ['today'] })
  const doIt = useMutation({ mutationFn: () => apply(set.id, action.number), onSettled: done })
  const back = useMutation({ mutationFn: () => undo(set.id, action.number), onSettled: done })
  const isApplied = set.applied === action.number
  const helped = mostHelped(action, set.nothing)
  const avoided = lateAvoided(action, set.nothing)
  const people = action.days.map(d => d.agent)
  return (
    <>
      <div className="row">
        <b className="grow">
          {w.actionKinds[action.kind]} · {action.group}
        </b>
        {isApplied ? (
          <>
            <Chip tone="ok">{w.applied}</Chip>
            <Button isDisabled={back.isPending} onPress={() => back.mutate()}>
              {t.undo}
            </Button>
          </>
        ) : (
          <Button
            isDisabled={doIt.isPending || set.applied != null}
            aria-label={`${w.apply}: ${w.actionKinds[action.kind]} ${action.group}`}
            onPress={() => doIt.mutate()}
          >
            {w.apply}
          </Button>
        )}
      </div>
      <p className="small">
        {format.range(Date.parse(action.start), Date.parse(action.end), zone)} ·{' '}
        {w.who(people.slice(0, 3).join(', ') + (people.length > 3 ? ` +${people.length - 3}` : ''))} ·{' '}
        {w.notice(format.duration(action.noticeMinutes * MINUTE))}
      </p>
      <dl className="today-effects small">
        <dt className="muted">{w.effect}</dt>
        <dd>
          {helped ? w.raises(helped.queue, format.chance(helped.from), format.chance(helped.to)) : w.raisesNothing}
          {avoided !== null && Math.abs(avoided) >= 0.5 && <> · {w.avoids(format.figure(avoided))}</>}
          {' · '}
          {w.missingBy(format.signed(action.missingHours))}
        </dd>
        <dt className="muted">{w.price}</dt>
        <dd>{w.paid(format.signed(action.paidHours), format.figure(action.cost))}</dd>
      </dl>
      {action.alternatives.length > 0 && (
        <p className="small muted">{w.alternatives(action.alternatives.map(n => String(n)).join(', '))}</p>
      )}
      {[doIt.error, back.error].map((error, i) =>
        error ? (
          isStatus(error, 412) ? (
            <p key={i} data-tone="warn">
              {w.movedOn}
            </p>
          ) : (
            <Failure key={i} error={error} />
          )
        ) : null,
      )}
    </>
  )
}

/** What doing nothing leads to; always in the list. */
function Nothing({ set }: { set: Schemas['RecommendationSetResponse'] }) {
  const w = useWords(words)
  const format = useFormat()
  const late = set.nothing.reduce((sum, o) => sum + o.late, 0)
  const worst = set.nothing.toSorted((a, b) => a.probabilityGoalMet - b.probabilityGoalMet)[0]
  return (
    <>
      <b>{w.doNothing}</b>
      <p className="small">
        {worst && w.keeps(worst.queue, format.chance(worst.probabilityGoalMet))} · {w.lateThen(format.figure(late))}
      </p>
    </>
  )
}
