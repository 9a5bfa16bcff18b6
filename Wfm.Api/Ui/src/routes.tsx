import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { isStatus } from './api/problems'
import { me } from './api/queries'
import { capacitySearch } from './pages/Capacity/search'
import { forecastsSearch } from './pages/Forecasts/search'
import { jobsSearch } from './pages/Jobs/search'
import { reportsSearch } from './pages/Reports/search'
import { rostersSearch } from './pages/Rosters/search'
import { setupSearch } from './pages/Setup/search'
import { signInSearch } from './pages/SignIn/search'
import { staffingSearch } from './pages/Staffing/search'
import { todaySearch } from './pages/Today/search'
import { wellbeingSearch } from './pages/Wellbeing/search'
import { PAGES, pagesOf } from './shell/navigation'
import { NotFound, Shell } from './shell/Shell'
import { oneOf, text } from './ui/search'

/** Search parameters of every page: the hub, whose clock, table or picture. */
export interface SharedSearch {
  hub?: string
  zone?: 'mine' | 'utc'
  as?: 'table'
}

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  validateSearch: (s: Record<string, unknown>): SharedSearch => ({
    hub: text(s.hub),
    zone: oneOf(s.zone, ['mine', 'utc']),
    as: oneOf(s.as, ['table']),
  }),
  search: { middlewares: [retainSearchParams(['hub', 'zone'])] },
  notFoundComponent: NotFound,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./pages/SignIn/Page'), 'SignIn'),
})

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(me)
    } catch (error) {
      if (isStatus(error, 401)) throw redirect({ to: '/sign-in', search: { next: location.href } })
      // anything else is shown by the page that asks for it
    }
  },
})

const index = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async ({ context }) => {
    const [first = PAGES[0]] = pagesOf(await context.queries.ensureQueryData(me))
    throw redirect({ to: first.path })
  },
})

const forecasts = createRoute({
  getParentRoute: () => shell,
  path: '/forecasts',
  validateSearch: forecastsSearch,
  component: lazyRouteComponent(() => import('./pages/Forecasts/Page'), 'Forecasts'),
})

const rosters = createRoute({
  getParentRoute: () => shell,
  path: '/rosters',
  validateSearch: rostersSearch,
  component: lazyRouteComponent(() => import('./pages/Rosters/Page'), 'Rosters'),
})

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  validateSearch: jobsSearch,
  component: lazyRouteComponent(() => import('./pages/Jobs/Page'), 'Jobs'),
})

const today = createRoute({
  getParentRoute: () => shell,
  path: '/today',
  validateSearch: todaySearch,
  component: lazyRouteComponent(() => import('./pages/Today/Page'), 'Today'),
})

const setup = createRoute({
  getParentRoute: () => shell,
  path: '/setup/$part',
  validateSearch: setupSearch,
  component: lazyRouteComponent(() => import('./pages/Setup/Page'), 'Setup'),
})

const setupIndex = createRoute({
  getParentRoute: () => shell,
  path: '/setup',
  beforeLoad: () => {
    throw redirect({ to: '/setup/$part', params: { part: 'hubs' } })
  },
})

const staffing = createRoute({
  getParentRoute: () => shell,
  path: '/staffing',
  validateSearch: staffingSearch,
  component: lazyRouteComponent(() => import('./pages/Staffing/Page'), 'Staffing'),
})

const wellbeing = createRoute({
  getParentRoute: () => shell,
  path: '/wellbeing',
  validateSearch: wellbeingSearch,
  component: lazyRouteComponent(() => import('./pages/Wellbeing/Page'), 'Wellbeing'),
})

const capacity = createRoute({
  getParentRoute: () => shell,
  path: '/capacity',
  validateSearch: capacitySearch,
  component: lazyRouteComponent(() => import('./pages/Capacity/Page'), 'Capacity'),
})

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('./pages/Reports/Page'), 'Reports'),
})

const mine = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: lazyRouteComponent(() => import('./pages/Me/Page'), 'MyPage'),
})

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      shell.addChildren([
        index,
        today,
        forecasts,
        rosters,
        jobs,
        setup,
        setupIndex,
        mine,
        staffing,
        wellbeing,
        capacity,
        reports,
      ]),
    ]),
    basepath: '/console',
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: undefined,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
