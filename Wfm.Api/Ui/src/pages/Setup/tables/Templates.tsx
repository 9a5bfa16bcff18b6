import { useQuery } from '@tanstack/react-query'
import { useHub, useMay } from '../../../ui/hub'
import { NoHub } from '../../../ui/NoHub'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await } from '../../../ui/states'
import { EditTable } from '../EditTable'
import { words } from '../words'
import { time } from './Hubs'
import { template, templates } from './queries'

export function Templates() {
  const hub = useHub()
  return hub ? <TemplatesOf hub={hub.code} /> : <NoHub />
}

function TemplatesOf({ hub }: { hub: string }) {
  const w = useWords(words)
  const format = useFormat()
  const may = useMay('writeSetup')
  const query = useQuery(templates(hub))
  return (
    <Await query={query}>
      {rows => (
        <EditTable
          name={`shift-templates-${hub}`}
          caption={w.parts.templates}
          rows={rows}
          queryKey={templates(hub).queryKey}
          rowKey={s => s.code}
          {...(may ? template : {})}
          columns={[
            { head: w.code, value: s => s.code },
            {
              head: w.earliest,
              value: s => s.earliestStart,
              show: s => s.earliestStart.slice(0, 5),
              edit: { type: 'time', set: (s, v) => ({ ...s, earliestStart: time(v as string) }) },
            },
            {
              head: w.latest,
              value: s => s.latestStart,
              show: s => s.latestStart.slice(0, 5),
              edit: { type: 'time', set: (s, v) => ({ ...s, latestStart: time(v as string) }) },
            },
            {
              head: `${w.step} (min)`,
              value: s => s.startStepMinutes,
              number: true,
              edit: { type: 'number', min: 5, max: 720, set: (s, v) => ({ ...s, startStepMinutes: v as number }) },
            },
            {
              head: `${w.length} (min)`,
              value: s => s.lengthMinutes,
              number: true,
              edit: {
                type: 'number',
                min: 60,
                max: 1440,
                optional: true,
                set: (s, v) => ({ ...s, lengthMinutes: v as number | null }),
              },
            },
            { head: w.endsAt, value: s => s.endsAt, show: s => s.endsAt?.slice(0, 5) ?? '' },
            { head: `${w.paid} (h)`, value: s => s.paidMinutes / 60, number: true },
            {
              head: w.breaks,
              value: s =>
                s.breaks
                  .map(b =>
                    w.breakAt(
                      w.breakKinds[b.kind] ?? b.kind,
                      String(b.lengthMinutes),
                      format.duration(b.earliestAfterMinutes * 60_000),
                    ),
                  )
                  .join(', '),
            },
            { head: w.onDays, value: s => s.days.map(d => w.days[d]).join(', ') || w.always },
          ]}
        />
      )}
    </Await>
  )
}
