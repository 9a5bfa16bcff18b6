import { useEffect, useState } from 'react'
import { MINUTE } from './zone'

/** The time now, again at every full minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), MINUTE - (now % MINUTE) + 20)
    return () => clearTimeout(timer)
  }, [now])
  return now
}
