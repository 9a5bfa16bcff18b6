import type { Me, Permission } from '../api/queries'
import type { Messages } from '../i18n/en'

export interface PageEntry {
  page: keyof Messages['pages']
  path: '/today' | '/forecasts' | '/staffing' | '/rosters' | '/capacity' | '/wellbeing' | '/jobs' | '/reports' | '/setup' | '/me'
  /** Pressed after `G`. */
  letter: string
  /** Without it the page is absent from the bar. */
  permission: Permission
}

/** The pages in the order of the bar. */
export const PAGES: readonly PageEntry[] = [
  { page: 'today', path: '/today', letter: 't', permission: 'readRosters' },
  { page: 'forecasts', path: '/forecasts', letter: 'f', permission: 'readPlans' },
  { page: 'staffing', path: '/staffing', letter: 's', permission: 'readRosters' },
  { page: 'rosters', path: '/rosters', letter: 'r', permission: 'readRosters' },
  { page: 'capacity', path: '/capacity', letter: 'c', permission: 'readPlans' },
  { page: 'wellbeing', path: '/wellbeing', letter: 'w', permission: 'readPeople' },
  { page: 'jobs', path: '/jobs', letter: 'j', permission: 'readJobs' },
  { page: 'reports', path: '/reports', letter: 'p', permission: 'readPlans' },
  { page: 'setup', path: '/setup', letter: 'u', permission: 'readSetup' },
  { page: 'me', path: '/me', letter: 'm', permission: 'useMe' },
]

/** The pages that somebody may see: those of their permissions, their own only where they are one of the people. */
export const pagesOf = (me: Me | undefined): PageEntry[] =>
  PAGES.filter(p => me?.permissions.includes(p.permission) && (p.page !== 'me' || me.agent != null))
