import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import './reports.css'
import type { Hub } from '../../api/queries'
import { useNow } from '../../time/now'
import { Zone } from '../../time/zone'
import { Field } from '../../ui/fields'
import { useHub, useMay } from '../../ui/hub'
import { NoHub } from '../../ui/NoHub'
import { useWords } from '../../ui/preferences'
import { NoPermission } from '../../ui/states'
import { plusDays } from '../Me/model'
import { Adherence } from './Adherence'
import { Adjustments } from './Adjustments'
import { Fairness } from './Fairness'
import { League } from './League'
import { waiting } from './queries'
import { Tiles } from './Tiles'
import { words } from './words'

const route = getRouteApi('/shell/reports')

export interface Period {
  hub: string
  /** First and last day. */
  from: string
  to: string
  /** First instant, and the one after the last. */
  start: string
  end: string
}

/** Did we keep our word? */
export function Reports() {
  const t = useWords()
  const w = useWords(words)
  const [mayPlans, mayPeople] = [useMay('readPlans'), useMay('readPeople')]
  const hub = useHub()
  if (!mayPlans && !mayPeople) return <NoPermission permission="readPlans" />
  if (!hub) return <NoHub />
  return (
    <div className="page">
      <div className="row">
        <h1>{t.pages.reports}</h1>
        <span className="muted wide-only">{w.question}</span>
      </div>
      <OfHub hub={hub} plans={mayPlans} people={mayPeople} />
    </div>
  )
}

function OfHub({ hub, plans, people }: { hub: Hub; plans: boolean; people: boolean }) {
  const w = useWords(words)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const zone = Zone.of(hub.timeZone)
  const today = zone.date(useNow())
  const to = search.to ?? plusDays(today, -1)
  const from = search.from ?? plusDays(to, -27)
  const mayDecide = useMay('decideRequests')
  const open = useQuery({ ...waiting(hub.code), enabled: mayDecide })
  const set = (key: 'from' | 'to') => (value: string) =>
    void navigate({ search: s => ({ ...s, [key]: value || undefined }), replace: true })
  const period: Period = {
    hub: hub.code,
    from,
    to,
    start: new Date(zone.startOf(from)).toISOString(),
    end: new Date(zone.startOf(plusDays(to, 1))).toISOString(),
  }
  return (
    <>
      <div className="row">
        <Field label={w.from} type="date" max={to} value={from} onChange={set('from')} />
        <Field label={w.to} type="date" min={from} max={today} value={to} onChange={set('to')} />
      </div>
      {from > to ? (
        <p role="alert" data-tone="bad">
          {w.backwards}
        </p>
      ) : (
        <>
          <Tiles period={period} plans={plans} people={people} waiting={open.data} />
          {plans && <League period={period} />}
          {people && <Adherence period={period} zone={zone} />}
          {people && <Fairness period={period} />}
          {plans && <Adjustments period={period} zone={zone} />}
        </>
      )}
    </>
  )
}
