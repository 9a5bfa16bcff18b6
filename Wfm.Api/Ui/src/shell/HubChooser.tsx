import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { hubs } from '../api/queries'
import { useNow } from '../time/now'
import { Choice } from '../ui/controls'
import { useHub, useMay, useZone } from '../ui/hub'
import { useWords } from '../ui/preferences'

/** Which hub, and what time it is there (or where the reader asked for). */
export function HubChooser() {
  const t = useWords()
  const { data } = useQuery({ ...hubs, enabled: useMay('readSetup') })
  const hub = useHub()
  const navigate = useNavigate()
  if (!data || !hub) return null
  return (
    <span className="row">
      <Choice
        label={t.hub}
        value={hub.code}
        options={data.map(h => [h.code, h.name] as const)}
        onChange={code => void navigate({ to: '.', search: s => ({ ...s, hub: code }) })}
      />
      <ClockOfZone />
    </span>
  )
}

function ClockOfZone() {
  const zone = useZone()
  const now = useNow()
  return (
    <span className="small muted" title={zone.id}>
      {zone.clock(now)} {zone.id === 'UTC' ? 'UTC' : zone.offsetLabel(now)}
    </span>
  )
}
