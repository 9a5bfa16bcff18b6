import { useQuery } from '@tanstack/react-query'
import { useHub, useMay, useZone } from '../../../ui/hub'
import { NoHub } from '../../../ui/NoHub'
import { useFormat, useWords } from '../../../ui/preferences'
import { Await } from '../../../ui/states'
import { EditTable } from '../EditTable'
import { words } from '../words'
import { event, events } from './queries'

export function Events() {
  const hub = useHub()
  return hub ? <EventsOf hub={hub.code} /> : <NoHub />
}

function EventsOf({ hub }: { hub: string }) {
  const w = useWords(words)
  const format = useFormat()
  const zone = useZone()
  const may = useMay('writeEvents')
  const query = useQuery(events(hub))
  const when = (at?: string | null, local?: string | null) =>
    at ? `${format.date(Date.parse(at), zone)} ${zone.clock(Date.parse(at))}` : (local?.replace('T', ' ').slice(0, 16) ?? '')
  return (
    <Await query={query}>
      {rows => (
        <EditTable
          name={`events-${hub}`}
          caption={w.parts.events}
          rows={rows}
          queryKey={events(hub).queryKey}
          rowKey={e => e.code}
          {...(may ? event : {})}
          columns={[
            { head: w.name, value: e => e.name, edit: { type: 'text', set: (e, v) => ({ ...e, name: v as string }) } },
            { head: w.kind, value: e => e.kind },
            { head: w.hub, value: e => e.hub ?? w.everyHub },
            { head: w.queue, value: e => e.queue ?? w.everyQueue },
            { head: w.from, value: e => e.start ?? e.localStart, show: e => when(e.start, e.localStart) },
            { head: w.to, value: e => e.end ?? e.localEnd, show: e => when(e.end, e.localEnd) },
            {
              head: w.repeats,
              value: e => (e.repeats ? w.yes : w.no),
              edit: { type: 'text', options: [w.yes, w.no], set: (e, v) => ({ ...e, repeats: v === w.yes }) },
            },
            { head: w.code, value: e => e.code },
          ]}
        />
      )}
    </Await>
  )
}
