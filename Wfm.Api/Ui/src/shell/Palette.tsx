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
import { hubs } from '../api/queries'
import { useMay } from '../ui/hub'
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

/** Actions and pages from the keys that hold now, then the hubs. */
function useEntries(): Group[] {
  const t = useWords()
  const navigate = useNavigate()
  const keys = useAllKeys()
  const allHubs = useQuery({ ...hubs, enabled: useMay('readSetup') })
  return useMemo(() => {
    const bound = (pages: boolean): Entry[] =>
      keys
        .filter(b => b.keys !== 'mod+k' && b.keys.startsWith('g ') === pages)
        .map(b => ({ id: `key ${b.keys} ${b.label}`, name: b.label, note: keyNames(b.keys).join(' '), run: b.run }))
    const toHub = (hub: string) => () => void navigate({ to: '.', search: s => ({ ...s, hub }) })
    return [
      { title: t.navigation, entries: bound(true) },
      { title: t.actions, entries: bound(false) },
      {
        title: t.hubs,
        entries: (allHubs.data ?? []).map(h => ({ id: `hub ${h.code}`, name: h.name, note: h.code, run: toHub(h.code) })),
      },
    ]
  }, [t, keys, navigate, allHubs.data])
}
