import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { agentsOf, hubs, queues } from '../api/queries'
import { useHub, useMay } from '../ui/hub'
import { keyNames, useAllKeys } from '../ui/keys'
import { useWords } from '../ui/preferences'
import { type Entry, type Group, search } from './paletteModel'

/** `Ctrl K`: everything with a name, found by a few letters. */
export function Palette({ onClose }: { onClose(): void }) {
  const t = useWords()
  const [query, setQuery] = useState('')
  const groups = useEntries()
  const found = useMemo(() => search(groups, query), [groups, query])
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={open => !open && onClose()} isDismissable>
      <Modal className="dialog palette">
        <Dialog aria-label={t.palette}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <SearchField aria-label={t.palette} autoFocus>
              <Input placeholder={t.palette} />
            </SearchField>
            <Menu
              aria-label={t.find}
              onAction={id => {
                onClose()
                found
                  .flatMap(g => g.entries)
                  .find(e => e.id === id)
                  ?.run()
              }}
              renderEmptyState={() => <p className="muted padded">{t.nothingFound}</p>}
            >
              {found.map(group => (
                <MenuSection key={group.title}>
                  <Header>{group.title}</Header>
                  {group.entries.map(entry => (
                    <MenuItem key={entry.id} id={entry.id} textValue={entry.name}>
                      <span className="grow">{entry.name}</span>
                      <span className="muted small">{entry.note}</span>
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Pages and actions from the keys that hold now, then hubs, queues and people of the hub. */
function useEntries(): Group[] {
  const t = useWords()
  const navigate = useNavigate()
  const keys = useAllKeys()
  const hub = useHub()
  const maySetup = useMay('readSetup')
  const [mayPlans, mayRosters] = [useMay('readPlans'), useMay('readRosters')]
  const mayPeople = useMay('readPeople')
  const allHubs = useQuery({ ...hubs, enabled: maySetup })
  const allQueues = useQuery({ ...queues, enabled: maySetup })
  const agents = useQuery({ ...agentsOf(hub?.code ?? ''), enabled: mayPeople && hub !== undefined })
  return useMemo(() => {
    const bound = (pages: boolean): Entry[] =>
      keys
        .filter(b => b.keys !== 'mod+k' && b.keys.startsWith('g ') === pages)
        .map(b => ({ id: `key ${b.keys} ${b.label}`, name: b.label, note: keyNames(b.keys).join(' '), run: b.run }))
    const named = (
      kind: string,
      list: readonly { code: string; name: string }[] | undefined,
      run: (code: string) => unknown,
    ): Entry[] => (list ?? []).map(({ code, name }) => ({ id: `${kind} ${code}`, name, note: code, run: () => void run(code) }))
    return [
      { title: t.navigation, entries: bound(true) },
      { title: t.actions, entries: bound(false) },
      { title: t.hubs, entries: named('hub', allHubs.data, code => navigate({ to: '.', search: s => ({ ...s, hub: code }) })) },
      {
        title: t.queues,
        entries: mayPlans
          ? named('queue', allQueues.data, queue => navigate({ to: '/forecasts', search: { hub: hub?.code, queue } }))
          : [],
      },
      {
        title: t.people,
        entries: mayRosters
          ? named('agent', agents.data, person => navigate({ to: '/rosters', search: { hub: hub?.code, person } }))
          : [],
      },
    ]
  }, [t, keys, navigate, hub, mayPlans, mayRosters, allHubs.data, allQueues.data, agents.data])
}
