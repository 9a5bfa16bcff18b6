import '../../charts/fan/fan.css'
import './forecasts.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useHub, useMay } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useWords } from '../../ui/preferences'
import { Await, Empty, NoPermission } from '../../ui/states'
import { Queue } from './Queue'
import { servedForecast } from './queries'
import { words } from './words'

const route = getRouteApi('/shell/forecasts')

/** What will come, how sure, how good were we? */
export function Forecasts() {
  const w = useWords(words)
  const may = useMay('readPlans')
  const hub = useHub()
  const { queue } = route.useSearch()
  const forecast = useQuery({ ...servedForecast(hub?.code ?? ''), enabled: may && hub !== undefined })
  if (!may) return <NoPermission permission="readPlans" />
  if (!hub) return <NoHub />
  return (
    <Await query={forecast}>
      {data => {
        const series = data?.series.find(s => s.queue === queue) ?? data?.series.toSorted((a, b) => b.totalMean - a.totalMean)[0]
        return data && series ? (
          <Queue key={`${data.id} ${series.queue}`} hub={hub} forecast={data} series={series} />
        ) : (
          <Empty>{w.none}</Empty>
        )
      }}
    </Await>
  )
}
