import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Zone } from '../../time/zone'
import { Button, Chip } from '../../ui/controls'
import { useFormat, useWords } from '../../ui/preferences'
import { Failure } from '../../ui/states'
import { isRunning, type Shift, type Swap, stateTone } from './model'
import { shiftText } from './NextShift'
import { acceptOffer, myOffers, myOpenShifts, mySwaps, refuseOffer, takeOpen, withdrawSwap } from './queries'
import { words } from './words'

/** What others ask of me, what I asked for, and open shifts; only what is legal for everybody concerned is offered. */
export function Swaps({ zone, shifts }: { zone: Zone; shifts: readonly Shift[] }) {
  const w = useWords(words)
  const format = useFormat()
  const client = useQueryClient()
  const offers = useQuery(myOffers)
  const swaps = useQuery(mySwaps)
  const open = useQuery(myOpenShifts)
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ['me'] }) }
  const accept = useMutation({ mutationFn: acceptOffer, ...done })
  const refuse = useMutation({ mutationFn: refuseOffer, ...done })
  const withdraw = useMutation({ mutationFn: withdrawSwap, ...done })
  const take = useMutation({ mutationFn: takeOpen, ...done })
  const busy = accept.isPending || refuse.isPending || withdraw.isPending || take.isPending
  const mine = (swaps.data ?? []).toSorted((a, b) => b.askedAt.localeCompare(a.askedAt)).slice(0, 8)
  const error = accept.error ?? refuse.error ?? withdraw.error ?? take.error ?? offers.error ?? swaps.error ?? open.error
  if (!error && !offers.data?.length && mine.length === 0 && !open.data?.length) return null
  const withName = (swap: Swap) => swap.with?.name ?? w.whoever
  return (
    <section className="card padded stack" aria-label={w.swaps}>
      <h2>{w.swaps}</h2>
      {error && <Failure error={error} />}
      <ul className="me-list">
        {offers.data?.map(offer => (
          <li key={offer.id}>
            <Chip tone="over">{w.offer}</Chip> {w.asksYou(withName(offer))}{' '}
            <b>
              {offer.kind === 'exchange'
                ? w.forYours(
                    shiftText(offer.givenShift, zone, format, w.off),
                    shiftText(offer.takenShift, zone, format, offer.takes ?? ''),
                  )
                : w.toTake(shiftText(offer.givenShift, zone, format, offer.gives ?? ''))}
            </b>
            <span className="row">
              <Button kind="primary" isDisabled={busy} onPress={() => accept.mutate(offer)}>
                {w.accept}
              </Button>
              <Button isDisabled={busy} onPress={() => refuse.mutate(offer)}>
                {w.refuse}
              </Button>
              <span className="small muted">{w.until(format.moment(Date.parse(offer.expiresAt), zone))}</span>
            </span>
          </li>
        ))}
        {open.data?.map(shift => (
          <li key={shift.id}>
            <Chip tone="over">{w.openShift}</Chip> <b>{shiftText(shift.shift, zone, format, shift.date)}</b> {shift.group}{' '}
            <span className="small muted">{shift.reason}</span>
            <span className="row">
              <Button kind="primary" isDisabled={busy} onPress={() => take.mutate(shift.id)}>
                {w.take}
              </Button>
              <span className="small muted">
                {w.places(String(shift.placesLeft))} · {w.until(format.moment(Date.parse(shift.expiresAt), zone))}
              </span>
            </span>
          </li>
        ))}
        {mine.map(swap => (
          <li key={swap.id}>
            <Chip tone={stateTone(swap.state)}>{w.swapStates[swap.state]}</Chip> {w.swapKinds[swap.kind]}{' '}
            <b>{shiftText(swap.givenShift ?? swap.takenShift, zone, format, swap.gives ?? swap.takes ?? '')}</b>{' '}
            <span className="muted">{withName(swap)}</span>
            {swap.rule && <span className="small muted"> · {w.decidedBy(w.swapRules[swap.rule] ?? swap.rule)}</span>}
            {swap.steps.at(-1)?.reason && <span className="small muted"> · {swap.steps.at(-1)?.reason}</span>}
            {swap.mine && isRunning(swap) && (
              <Button kind="quiet" isDisabled={busy} onPress={() => withdraw.mutate(swap)}>
                {w.withdraw}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {shifts.length === 0 && <p className="small muted">{w.noShift}</p>}
    </section>
  )
}
