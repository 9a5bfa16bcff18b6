import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Schemas } from '../../api/client'
import type { Zone } from '../../time/zone'
import { Button } from '../../ui/controls'
import { useMay } from '../../ui/hub'
import { useFormat, useWords } from '../../ui/preferences'
import { Failure } from '../../ui/states'
import { withdraw } from './queries'
import { words } from './words'

interface AdjustmentsProps {
  forecast: string
  layers: readonly Schemas['AdjustmentResponse'][]
  zone: Zone
}

/** What people have changed by hand, why, and how to take it back. */
export function Adjustments({ forecast, layers, zone }: AdjustmentsProps) {
  const w = useWords(words)
  const format = useFormat()
  const mayAdjust = useMay('writeAdjustments')
  const client = useQueryClient()
  const run = useMutation({
    mutationFn: (id: string) => withdraw(forecast, id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['forecast'] }),
  })
  if (layers.length === 0) return <p className="muted">{w.noAdjustments}</p>
  return (
    <>
      {run.error && <Failure error={run.error} />}
      <ul className="stack">
        {layers.toReversed().map(one => (
          <li key={one.id} className="stack small">
            <div className="row">
              <b>{typeof one.factor === 'number' ? `× ${format.full(one.factor)}` : format.signed(one.added ?? 0)}</b>
              <span>
                {format.moment(Date.parse(one.from), zone)} – {format.moment(Date.parse(one.to), zone)}
              </span>
              <span className="grow" />
              {one.withdrawnAt ? (
                <span className="muted">{w.withdrawn}</span>
              ) : (
                mayAdjust && (
                  <Button isDisabled={run.isPending} onPress={() => run.mutate(one.id)}>
                    {w.withdraw}
                  </Button>
                )
              )}
            </div>
            <span className="muted">
              {one.reason} ({w.by} {one.author})
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
