import { useQuery } from '@tanstack/react-query'
import { agentsOf } from '../../../api/queries'
import { useHub, useMay } from '../../../ui/hub'
import { NoHub } from '../../../ui/NoHub'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await } from '../../../ui/states'
import { EditTable } from '../EditTable'
import { words } from '../words'
import { agent, contracts } from './queries'

export function People() {
  const hub = useHub()
  return hub ? <PeopleOf hub={hub.code} /> : <NoHub />
}

function PeopleOf({ hub }: { hub: string }) {
  const w = useWords(words)
  const format = useFormat()
  const may = useMay('writePeople')
  const query = useQuery(agentsOf(hub))
  const { data: known = [] } = useQuery(contracts)
  return (
    <Await query={query}>
      {rows => (
        <EditTable
          name={`people-${hub}`}
          caption={w.parts.people}
          rows={rows}
          queryKey={agentsOf(hub).queryKey}
          rowKey={a => a.code}
          {...(may ? agent : {})}
          columns={[
            { head: w.code, value: a => a.code },
            { head: w.name, value: a => a.name, edit: { type: 'text', set: (a, v) => ({ ...a, name: v as string }) } },
            {
              head: w.contract,
              value: a => a.contract,
              edit: { type: 'text', options: known.map(c => c.code), set: (a, v) => ({ ...a, contract: v as string }) },
            },
            { head: w.skills, value: a => a.skills.map(s => `${s.group} ${format.full(s.proficiency)}`).join(', ') },
            { head: w.daysOff, value: a => a.preferredDaysOff.map(d => w.days[d]).join(', ') },
            { head: w.optOut, value: a => a.optOutGroups.join(', ') },
            {
              head: w.from,
              value: a => a.employedFrom,
              edit: { type: 'date', optional: true, set: (a, v) => ({ ...a, employedFrom: v as string | null }) },
            },
            {
              head: w.to,
              value: a => a.employedTo,
              edit: { type: 'date', optional: true, set: (a, v) => ({ ...a, employedTo: v as string | null }) },
            },
            {
              head: w.active,
              value: a => (a.active ? w.yes : w.no),
              edit: { type: 'text', options: [w.yes, w.no], set: (a, v) => ({ ...a, active: v === w.yes }) },
            },
          ]}
        />
      )}
    </Await>
  )
}
