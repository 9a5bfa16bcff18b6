import { useQuery } from '@tanstack/react-query'
import './me.css'
import { me } from '../../api/queries'
import { useNow } from '../../time/now'
import { Zone } from '../../time/zone'
import { useMay } from '../../ui/hub'
import { useWords } from '../../ui/preferences'
import { Await, Empty, NoPermission } from '../../ui/states'
import { Changes } from './Changes'
import { Coming } from './Coming'
import { Exposure } from './Exposure'
import { plusDays } from './model'
import { NextShift } from './NextShift'
import { myShifts } from './queries'
import { Swaps } from './Swaps'
import { TimeOff } from './TimeOff'
import { words } from './words'

const WEEKS = 6

/** When do I work, what changed, what can I ask? */
export function MyPage() {
  const w = useWords(words)
  const may = useMay('useMe')
  const { data } = useQuery(me)
  if (!may) return <NoPermission permission="useMe" />
  if (!data) return null
  return data.agent ? <Mine zone={Zone.of(data.agent.timeZone)} name={data.agent.name} /> : <Empty>{w.nobody}</Empty>
}

function Mine({ zone, name }: { zone: Zone; name: string }) {
  const now = useNow()
  const today = zone.date(now)
  const shifts = useQuery(myShifts(plusDays(today, -1), plusDays(today, 7 * WEEKS)))
  return (
    <div className="page me">
      <h1>{name}</h1>
      <Await query={shifts}>
        {all => (
          <>
            <NextShift shifts={all} zone={zone} />
            <Changes zone={zone} />
            <Swaps zone={zone} shifts={all} />
            <Coming shifts={all} zone={zone} />
          </>
        )}
      </Await>
      <TimeOff zone={zone} />
      <Exposure />
    </div>
  )
}
