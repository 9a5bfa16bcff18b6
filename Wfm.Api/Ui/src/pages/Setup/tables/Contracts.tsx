import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../../ui/hub'
import { useWords } from '../../../ui/preferences'
import { Await } from '../../../ui/states'
import { EditTable } from '../EditTable'
import { words } from '../words'
import { contract, contracts } from './queries'

export function Contracts() {
  const w = useWords(words)
  const may = useMay('writeSetup')
  const query = useQuery(contracts)
  return (
    <Await query={query}>
      {rows => (
        <EditTable
          name="contracts"
          caption={w.parts.contracts}
          rows={rows}
          queryKey={contracts.queryKey}
          rowKey={c => c.code}
          {...(may ? contract : {})}
          columns={[
            { head: w.code, value: c => c.code },
            { head: w.name, value: c => c.name, edit: { type: 'text', set: (c, v) => ({ ...c, name: v as string }) } },
            {
              head: w.leastHours,
              value: c => c.minimumWeeklyHours,
              number: true,
              edit: { type: 'number', min: 0, max: 168, set: (c, v) => ({ ...c, minimumWeeklyHours: v as number }) },
            },
            {
              head: w.mostHours,
              value: c => c.maximumWeeklyHours,
              number: true,
              edit: { type: 'number', min: 0, max: 168, set: (c, v) => ({ ...c, maximumWeeklyHours: v as number }) },
            },
            {
              head: w.mostDays,
              value: c => c.maximumDaysPerWeek,
              number: true,
              edit: {
                type: 'number',
                min: 1,
                max: 7,
                optional: true,
                set: (c, v) => ({ ...c, maximumDaysPerWeek: v as number | null }),
              },
            },
            { head: w.workingDays, value: c => c.workingDays.map(d => w.days[d]).join(', ') || w.always },
            {
              head: w.costPerHour,
              value: c => c.costPerHour,
              number: true,
              edit: { type: 'number', min: 0, max: 100_000, set: (c, v) => ({ ...c, costPerHour: v as number }) },
            },
            { head: w.templatesOf, value: c => c.templates.join(', ') },
          ]}
        />
      )}
    </Await>
  )
}
