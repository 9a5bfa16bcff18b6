import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Schemas } from '../../api/client'
import { isStatus } from '../../api/problems'
import { Button, Meter } from '../../ui/controls'
import { type Column, DataTable } from '../../ui/DataTable'
import { Download } from '../../ui/Download'
import { useMay, useZone } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Bars, Failure } from '../../ui/states'
import { isOver } from '../Jobs/model'
import { job } from '../Jobs/queries'
import { rostersOf } from '../Rosters/queries'
import { price, prices } from './queries'
import { words } from './words'

type LimitPrice = Schemas['LimitPrice']

/** What each limit costs: the roster with it loosened by a step, and without it. */
export function Prices({ hub }: { hub: string }) {
  const may = useMay('readRosters')
  const { data } = useQuery({ ...rostersOf(hub), enabled: may })
  const roster = data?.find(r => r.state === 'published') ?? data?.[0]
  return roster ? <PricesOf key={roster.id} roster={roster.id} start={roster.start} /> : null
}

function PricesOf({ roster, start }: { roster: string; start: string }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const may = useMay('writeRosters')
  const client = useQueryClient()
  const query = useQuery(prices(roster))
  const ask = useMutation({ mutationFn: () => price(roster) })
  const id = ask.data?.jobId
  const running = useQuery({
    ...job(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: q => {
      const state = q.state.data?.state
      if (state === undefined || !isOver(state)) return 1500
      if (state === 'succeeded') void client.invalidateQueries({ queryKey: prices(roster).queryKey })
      return false
    },
  })
  const busy = ask.isPending || (id !== undefined && !(running.data && isOver(running.data.state)))
  const signed = (
    of: (p: LimitPrice) => Schemas['LimitDifference'] | null | undefined,
    pick: (d: Schemas['LimitDifference']) => number | null | undefined,
  ) => ({
    value: (p: LimitPrice) => {
      const d = of(p)
      const v = d && pick(d)
      return v == null ? null : Math.round(v * 1000) / 1000
    },
    number: true,
  })
  const columns: Column<LimitPrice>[] = [
    { head: w.limit, value: p => p.text },
    { head: w.now, value: p => p.now },
    { head: w.loosenedTo, value: p => p.loosenedTo },
    {
      head: w.fteLoosened,
      ...signed(
        p => p.loosened,
        d => d.fte,
      ),
    },
    {
      head: w.missingLoosened,
      ...signed(
        p => p.loosened,
        d => d.missingFte,
      ),
    },
    {
      head: w.fteRemoved,
      ...signed(
        p => p.removed,
        d => d.fte,
      ),
    },
    {
      head: w.missingRemoved,
      ...signed(
        p => p.removed,
        d => d.missingFte,
      ),
    },
    {
      head: w.chanceRemoved,
      ...signed(
        p => p.removed,
        d => d.probabilityGoalMet,
      ),
    },
  ]
  const answer = query.data
  const found = answer?.prices
  return (
    <section className="card stack" aria-label={w.prices}>
      <div className="row padded">
        <h2 className="grow">
          {w.prices} <span className="small muted">{w.pricesNote(start)}</span>
        </h2>
        {found && <Download name="limit-prices" columns={columns} rows={found.limits} />}
        {may && (
          <Button isDisabled={busy} onPress={() => ask.mutate()}>
            {found ? w.priceAgain : w.price}
          </Button>
        )}
      </div>
      {busy && (
        <div className="padded stack">
          <Meter value={running.data?.progress ?? 0} label={w.pricing} />
          <p className="small muted">{running.data?.step ?? w.pricing}</p>
        </div>
      )}
      {ask.error && <Failure error={ask.error} />}
      {running.data?.error && (
        <p className="padded" role="alert" data-tone="bad">
          {running.data.error}
        </p>
      )}
      {query.error && !isStatus(query.error, 404) && <Failure error={query.error} retry={query.refetch} />}
      {query.isPending && <Bars rows={3} />}
      {isStatus(query.error, 404) && !busy && <p className="padded muted">{w.notPriced}</p>}
      {answer && found && (
        <>
          <DataTable
            caption={w.pricedAt(format.momentInZone(Date.parse(answer.pricedAt), zone))}
            columns={columns}
            rows={found.limits}
            rowKey={p => p.text}
          />
          <p className="padded small muted">{found.method}</p>
        </>
      )}
    </section>
  )
}
