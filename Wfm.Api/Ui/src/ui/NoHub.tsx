import { useQuery } from '@tanstack/react-query'
import { hubs } from '../api/queries'
import { useMay } from './hub'
import { useWords } from './preferences'
import { Empty, Failure, Loading } from './states'

/** In place of what is shown of a hub: a skeleton until the hubs are known, and why where none of them is there. */
export function NoHub() {
  const t = useWords()
  const may = useMay('readSetup')
  const { error, isPending, refetch } = useQuery({ ...hubs, enabled: may })
  if (error) return <Failure error={error} retry={refetch} />
  return may && isPending ? <Loading /> : <Empty>{t.noHub}</Empty>
}
