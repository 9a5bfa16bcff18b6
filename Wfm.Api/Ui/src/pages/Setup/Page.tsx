import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense } from 'react'
import './setup.css'
import { me, type Permission } from '../../api/queries'
import { useWords } from '../../ui/preferences'
import { Loading, NoPermission } from '../../ui/states'
import { Contracts } from './tables/Contracts'
import { Events } from './tables/Events'
import { Hubs } from './tables/Hubs'
import { Keys } from './tables/Keys'
import { People } from './tables/People'
import { Policies } from './tables/Policies'
import { Queues } from './tables/Queues'
import { Templates } from './tables/Templates'
import { words } from './words'

const Import = lazy(async () => ({ default: (await import('./import/Import')).Import }))

const route = getRouteApi('/shell/setup/$part')

interface Part {
  part: keyof (typeof words)['en']['parts']
  /** Any of them opens it. */
  permissions: readonly Permission[]
  Body: ComponentType
}

const PARTS: readonly Part[] = [
  { part: 'hubs', permissions: ['readSetup'], Body: Hubs },
  { part: 'queues', permissions: ['readSetup'], Body: Queues },
  { part: 'people', permissions: ['readPeople'], Body: People },
  { part: 'templates', permissions: ['readSetup'], Body: Templates },
  { part: 'contracts', permissions: ['readSetup'], Body: Contracts },
  { part: 'policies', permissions: ['readSetup'], Body: Policies },
  { part: 'events', permissions: ['readSetup'], Body: Events },
  { part: 'keys', permissions: ['manageKeys'], Body: Keys },
  { part: 'import', permissions: ['writeVolumes', 'writePeople', 'decideRequests', 'writeRosters'], Body: Import },
]

/** What everything else stands on, edited where it is read; and files brought in. */
export function Setup() {
  const t = useWords()
  const w = useWords(words)
  const { part } = route.useParams()
  const { data } = useQuery(me)
  const may = ({ permissions }: Part) => permissions.some(p => data?.permissions.includes(p))
  const chosen = PARTS.find(p => p.part === part) ?? PARTS[0]
  return (
    <div className="page">
      <div className="row">
        <h1>
          {t.pages.setup} · {w.parts[chosen.part]}
        </h1>
        <span className="muted wide-only">{w.notes[chosen.part]}</span>
      </div>
      <div className="setup">
        <nav className="setup-parts" aria-label={t.pages.setup}>
          {PARTS.filter(may).map(p => (
            <Link key={p.part} to="/setup/$part" params={{ part: p.part }} activeProps={{ 'aria-current': 'page' }}>
              {w.parts[p.part]}
            </Link>
          ))}
        </nav>
        <div className="setup-body">
          {may(chosen) ? (
            <Suspense fallback={<Loading />}>
              <chosen.Body />
            </Suspense>
          ) : (
            <NoPermission permission={chosen.permissions[0]} />
          )}
        </div>
      </div>
    </div>
  )
}
