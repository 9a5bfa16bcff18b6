import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { me, runningJobs } from '../api/queries'
import { useMay } from '../ui/hub'
import { useKeyboard, useKeys } from '../ui/keys'
import { useWords } from '../ui/preferences'
import { Empty, Loading } from '../ui/states'
import { Help } from './Help'
import { HubChooser } from './HubChooser'
import { Logo } from './Logo'
import { pagesOf } from './navigation'
import { Palette } from './Palette'
import { PreferencesMenu } from './PreferencesMenu'

/** The bar and the page under it. */
export function Shell() {
  const t = useWords()
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  useKeyboard()
  useSharedKeys({ openPalette: () => setPalette(true), openHelp: () => setHelp(true) })
  return (
    <div className="shell">
      <header className="bar">
        <a className="hidden-until-focused" href="#page">
          {t.skip}
        </a>
        <Link to="/" className="brand">
          <Logo /> Wfm
        </Link>
        <Navigation />
        <RunningJobs />
        <HubChooser />
        <button type="button" className="button find" onClick={() => setPalette(true)}>
          {t.find} <kbd>Ctrl K</kbd>
        </button>
        <PreferencesMenu onHelp={() => setHelp(true)} />
      </header>
      <main id="page" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      {palette && <Palette onClose={() => setPalette(false)} />}
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  )
}

function Navigation() {
  const t = useWords()
  const { data } = useQuery(me)
  return (
    <nav className="nav" aria-label={t.navigation}>
      {pagesOf(data).map(p => (
        <Link key={p.path} to={p.path} activeProps={{ 'aria-current': 'page' }}>
          {t.pages[p.page]}
        </Link>
      ))}
    </nav>
  )
}

function RunningJobs() {
  const t = useWords()
  const may = useMay('readJobs')
  const { data } = useQuery({ ...runningJobs, enabled: may })
  const n = data?.items.length ?? 0
  if (n === 0) return null
  return (
    <Link to="/jobs" search={{ state: 'running' }} className="chip">
      {t.jobsRunning(n)}
    </Link>
  )
}

function useSharedKeys({ openPalette, openHelp }: { openPalette(): void; openHelp(): void }) {
  const t = useWords()
  const navigate = useNavigate()
  const { zone, as } = useSearch({ from: '__root__' })
  const { data } = useQuery(me)
  const nextZone = zone === undefined ? 'mine' : zone === 'mine' ? 'utc' : undefined
  useKeys([
    { keys: 'mod+k', label: t.find, run: openPalette, global: true },
    { keys: '?', label: t.keys, run: openHelp, global: true },
    {
      keys: 't',
      label: t.tableOrPicture,
      run: () => void navigate({ to: '.', search: s => ({ ...s, as: as ? undefined : 'table' }), replace: true }),
      global: true,
    },
    {
      keys: 'z',
      label: `${t.zone}: ${t.zones[nextZone ?? 'hub']}`,
      run: () => void navigate({ to: '.', search: s => ({ ...s, zone: nextZone }), replace: true }),
      global: true,
    },
    ...pagesOf(data).map(p => ({
      keys: `g ${p.letter}`,
      label: t.goTo(t.pages[p.page]),
      run: () => void navigate({ to: p.path }),
      global: true,
    })),
  ])
}

export function NotFound() {
  const t = useWords()
  return <Empty action={<Link to="/">Wfm</Link>}>{t.notFound}</Empty>
}
