import { useQuery } from '@tanstack/react-query'
import { queues } from '../../../api/queries'
import { useMay } from '../../../ui/hub'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await } from '../../../ui/states'
import { EditTable } from '../EditTable'
import { words } from '../words'
import { queue } from './queries'

export function Queues() {
  const w = useWords(words)
  const format = useFormat()
  const may = useMay('writeSetup')
  const query = useQuery(queues)
  return (
    <Await query={query}>
      {rows => (
        <EditTable
          name="queues"
          caption={w.parts.queues}
          rows={rows}
          queryKey={queues.queryKey}
          rowKey={q => q.code}
          {...(may ? queue : {})}
          columns={[
            { head: w.code, value: q => q.code },
            { head: w.name, value: q => q.name, edit: { type: 'text', set: (q, v) => ({ ...q, name: v as string }) } },
            { head: w.channel, value: q => q.channel },
            { head: w.kind, value: q => w.kinds[q.kind] },
            { head: w.language, value: q => q.language },
            { head: w.severity, value: q => q.severity },
            { head: w.group, value: q => q.skillGroup },
            {
              head: w.exposure,
              value: q => q.exposureClass,
              edit: {
                type: 'text',
                options: ['E0', 'E1', 'E2', 'E3', 'E4'],
                optional: true,
                set: (q, v) => ({ ...q, exposureClass: v as string | null }),
              },
            },
            {
              head: w.priority,
              value: q => q.priority,
              number: true,
              edit: { type: 'number', min: 1, max: 100, set: (q, v) => ({ ...q, priority: v as number }) },
            },
            {
              head: `${w.aht} (s)`,
              value: q => q.ahtSeconds,
              number: true,
              edit: { type: 'number', min: 0.1, max: 86_400, set: (q, v) => ({ ...q, ahtSeconds: v as number }) },
            },
            {
              head: w.concurrency,
              value: q => q.concurrency,
              number: true,
              edit: { type: 'number', min: 1, max: 20, set: (q, v) => ({ ...q, concurrency: v as number }) },
            },
            {
              head: w.minimumHeads,
              value: q => q.minimumHeads,
              number: true,
              edit: { type: 'number', min: 0, max: 10_000, set: (q, v) => ({ ...q, minimumHeads: v as number }) },
            },
            {
              head: w.goal,
              value: ({ goal }) =>
                goal?.serviceLevel != null && goal.thresholdSeconds != null
                  ? w.inSeconds(format.percent(goal.serviceLevel), format.figure(goal.thresholdSeconds))
                  : goal?.turnaroundMinutes != null
                    ? w.inMinutes(format.percent(goal.turnaroundFraction ?? 1), format.duration(goal.turnaroundMinutes * 60_000))
                    : '',
            },
            { head: w.legalClock, value: ({ goal }) => (goal?.legalClock ? w.yes : '') },
          ]}
        />
      )}
    </Await>
  )
}
