import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, ok } from '../../../api/client'
import { Button, Chip, Meter } from '../../../ui/controls'
import { useHub, useMay } from '../../../ui/hub'
import { useWords } from '../../../ui/preferences'
import { Failure } from '../../../ui/states'
import { isOver } from '../../Jobs/model'
import { job } from '../../Jobs/queries'
import { words } from './words'

/** A forecast of what was just brought in, followed until it is there. */
export function ForecastNow({ hubs }: { hubs: readonly string[] }) {
  const may = useMay('writePlans')
  const hub = useHub()
  const shown = hubs.length > 0 ? hubs : hub ? [hub.code] : []
  if (!may) return null
  return shown.slice(0, 12).map(code => <One key={code} hub={code} />)
}

function One({ hub }: { hub: string }) {
  const w = useWords(words)
  const start = useMutation({ mutationFn: () => ok(api.POST('/api/v1/forecasts', { body: { hub } })) })
  const id = start.data?.jobId
  const running = useQuery({
    ...job(id ?? ''),
    enabled: id !== undefined,
    refetchInterval: query => (query.state.data && isOver(query.state.data.state) ? false : 800),
  })
  const state = running.data?.state
  return (
    <div className="card stack padded">
      <div className="row">
        <b className="grow">{hub}</b>
        {state === 'succeeded' ? (
          <>
            <Chip tone="ok">{w.forecastDone}</Chip>
            <Link className="button primary" to="/forecasts" search={{ hub }}>
              {w.seeForecast}
            </Link>
          </>
        ) : (
          <Button
            kind="primary"
            isDisabled={start.isPending || (id !== undefined && !(state && isOver(state)))}
            onPress={() => start.mutate()}
          >
            {w.forecastNow}
          </Button>
        )}
      </div>
      {id !== undefined && state !== 'succeeded' && (
        <>
          <Meter value={running.data?.progress ?? 0} label={w.forecastRuns} />
          <p className="small muted">{running.data?.step ?? w.forecastRuns}</p>
        </>
      )}
      {running.data?.error && (
        <p role="alert" data-tone="bad">
          {running.data.error}
        </p>
      )}
      {start.error && <Failure error={start.error} />}
    </div>
  )
}
