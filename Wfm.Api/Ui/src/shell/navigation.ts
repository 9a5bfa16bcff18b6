import type { Permission } from '../api/queries'
import type { Messages } from '../i18n/en'

export interface PageEntry {
  page: keyof Messages['pages']
  path: '/today' | '/forecasts' | '/rosters' | '/jobs' | '/setup'
  /** Pressed after `G`. */
  letter: string
  /** Without it the page is absent from the bar. */
  permission: Permission
}

/** The pages in the order of the bar. */
export const PAGES: readonly PageEntry[] = [
  { page: 'today', path: '/today', letter: 't', permission: 'readRosters' },
  { page: 'forecasts', path: '/forecasts', letter: 'f', permission: 'readPlans' },
  { page: 'rosters', path: '/rosters', letter: 'r', permission: 'readRosters' },
  { page: 'jobs', path: '/jobs', letter: 'j', permission: 'readJobs' },
  { page: 'setup', path: '/setup', letter: 'u', permission: 'readSetup' },
]
