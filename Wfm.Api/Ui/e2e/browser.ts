import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The server under test and a key of it: `WFM_URL`, `WFM_KEY`. */
export const server = needed('WFM_URL')
export const key = needed('WFM_KEY')

/** What time it is there, in milliseconds; the server stands still at it. */
export const now = process.env.WFM_NOW ? Date.parse(process.env.WFM_NOW) : Date.now()

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; the tests ConsoleTests of Wfm.Tests set it, see Wfm.Api/Ui/README.md.`)
  return value
}

export function launch(): Promise<Browser> {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = (process.env.PATH ?? '')
    .split(':')
    .flatMap(folder => names.map(name => `${folder}/${name}`))
    .find(existsSync)
  if (!found) throw new Error(`None of ${names.join(', ')} is on the path; on Debian: apt-get install chromium.`)
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
}

type OpenOptions = BrowserContextOptions & {
  /** False lets the page have the time of the machine, which is what is measured with. */
  standsStill?: boolean
}

/** A page that is signed in by the key, and fails the test that threw or logged an error. */
export async function open(
  browser: Browser,
  path: string,
  { standsStill = true, ...options }: OpenOptions = {},
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Dublin',
    extraHTTPHeaders: { 'X-Api-Key': key },
    ...options,
  })
  if (standsStill) await context.clock.setFixedTime(now)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text())
  })
  await page.goto(`${server}/console${path}`)
  return { page, errors }
}

/** Asks the API as the console does. */
export async function api<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${server}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'X-Api-Key': key, 'Content-Type': 'application/json' },
    body: body ? JSON.stringify(body) : undefined,
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Waits until nothing is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 20_000 }).catch(() => undefined) // streams stay open
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0, undefined, { timeout: 30_000 })
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))))
}
