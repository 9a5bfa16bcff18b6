import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Hub, hubs, me, type Permission } from '../api/queries'
import { Zone } from '../time/zone'

const LAST = 'wfm.hub'

/** The hub of the address, else the one seen last, else the first that the reader may see. */
export function useHub(): Hub | undefined {
  const { hub: wanted } = useSearch({ from: '__root__' })
  const { data } = useQuery({ ...hubs, enabled: useMay('readSetup') })
  return useMemo(() => {
    const code = wanted ?? localStorage.getItem(LAST)
    const hub = data?.find(h => h.code === code) ?? data?.[0]
    if (hub) localStorage.setItem(LAST, hub.code)
    return hub
  }, [wanted, data])
}

export type Clock = 'hub' | 'mine' | 'utc'

/** The zone in which times are shown: the hub's, until the reader asks for another. */
export function useZone(): Zone {
  const { zone } = useSearch({ from: '__root__' })
  const hub = useHub()
  return Zone.of(zone === 'utc' || !hub ? 'UTC' : zone === 'mine' ? myZone() : hub.timeZone)
}

export const myZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Whether the reader holds a permission; what they may not do is absent, not grey. */
export function useMay(permission: Permission): boolean {
  const { data } = useQuery(me)
  return data?.permissions.includes(permission) ?? false
}
