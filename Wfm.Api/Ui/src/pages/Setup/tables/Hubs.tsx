import { useQuery } from '@tanstack/react-query'
import { hubs } from '../../../api/queries'
import { useMay } from '../../../ui/hub'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await } from '../../../ui/states'
import { EditTable } from '../EditTable'
import { hoursOf } from '../model'
import { words } from '../words'
import { hub, policies } from './queries'

export function Hubs() {
  const w = useWords(words)
  const format = useFormat()
  const may = useMay('writeSetup')
  const query = useQuery(hubs)
  const { data: known = [] } = useQuery(policies)
  const codes = [...new Set(known.map(p => p.code))].sort()
  const share = { type: 'number', min: 0, max: 0.99 } as const
  return (
    <Await query={query}>
      {rows => (
        <EditTable
          name="hubs"
          caption={w.parts.hubs}
          rows={rows}
          queryKey={hubs.queryKey}
          rowKey={h => h.code}
          {...(may ? hub : {})}
          columns={[
            { head: w.code, value: h => h.code },
            { head: w.name, value: h => h.name, edit: { type: 'text', set: (h, v) => ({ ...h, name: v as string }) } },
            { head: w.zone, value: h => h.timeZone },
            { head: w.country, value: h => h.country },
            {
              head: w.seats,
              value: h => h.seats,
              number: true,
              edit: { type: 'number', min: 0, max: 100_000, set: (h, v) => ({ ...h, seats: v as number }) },
            },
            {
              head: w.plannedShrinkage,
              value: h => h.plannedShrinkage,
              show: h => format.percent(h.plannedShrinkage),
              number: true,
              edit: { ...share, set: (h, v) => ({ ...h, plannedShrinkage: v as number }) },
            },
            {
              head: w.unplannedShrinkage,
              value: h => h.unplannedShrinkage,
              show: h => format.percent(h.unplannedShrinkage),
              number: true,
              edit: { ...share, set: (h, v) => ({ ...h, unplannedShrinkage: v as number }) },
            },
            {
              head: w.nightlyAt,
              value: h => h.nightlyAt,
              show: h => h.nightlyAt.slice(0, 5),
              edit: { type: 'time', set: (h, v) => ({ ...h, nightlyAt: time(v as string) }) },
            },
            {
              head: w.labourPolicy,
              value: h => h.labourPolicy,
              edit: { type: 'text', options: codes, optional: true, set: (h, v) => ({ ...h, labourPolicy: v as string | null }) },
            },
            {
              head: w.wellbeingPolicy,
              value: h => h.wellbeingPolicy,
              edit: {
                type: 'text',
                options: codes,
                optional: true,
                set: (h, v) => ({ ...h, wellbeingPolicy: v as string | null }),
              },
            },
            { head: w.open, value: h => hoursOf(h.openingHours, d => w.days[d as keyof typeof w.days]) || w.always },
          ]}
        />
      )}
    </Await>
  )
}

/** A time as the API writes it. */
export const time = (value: string) => (value.length === 5 ? `${value}:00` : value)
