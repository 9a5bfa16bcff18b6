import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch, open, settled } from './browser'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8') // evaluated: a script tag would be refused by the page's policy
const shots = process.env.WFM_SHOTS // a folder; without it no pictures are kept
const PAGES = {
  today: '/today?hub=dub',
  forecasts: '/forecasts?hub=dub',
  staffing: '/staffing?hub=dub',
  rosters: '/rosters?hub=dub',
  capacity: '/capacity?hub=dub',
  wellbeing: '/wellbeing?hub=dub',
  jobs: '/jobs?hub=dub',
  reports: '/reports?hub=dub',
  hubs: '/setup/hubs?hub=dub',
  policies: '/setup/policies?hub=dub',
  keys: '/setup/keys?hub=dub',
  import: '/setup/import?hub=dub',
}
const THEMES = ['light', 'dark'] as const
const WIDTHS = [1440, 820, 390]

let browser: Browser
beforeAll(async () => {
  browser = await launch()
  if (shots) mkdirSync(shots, { recursive: true })
})
afterAll(() => browser.close())

interface Result {
  violations: { id: string; impact: string; nodes: { html: string }[] }[]
}

/** Serious and critical findings of axe, with where they are. */
async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<Result> } }).axe.run())
  return violations
    .filter(v => v.impact === 'serious' || v.impact === 'critical')
    .map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).join(' | ')}`)
}

/** What sticks out of the page to the right, or text that is cut off without an ellipsis. */
const overflow = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *, header *')]
      .filter(
        e =>
          e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
          !e.closest('.nav, .table-frame, .gantt, .heat, [role="dialog"], .hidden, [data-react-aria-prevent-focus]'),
      )
      .map(e => `${e.tagName}.${e.className}`.slice(0, 80)),
  )

describe.each(Object.entries(PAGES))('%s', (name, path) => {
  it.each(THEMES)('is accessible in %s as picture and as table, and fits at every width', async theme => {
    const { page, errors } = await open(browser, path, { colorScheme: theme })
    await settled(page)
    expect(await findings(page)).toEqual([])
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
      await settled(page)
      await page.waitForTimeout(300) // for what is drawn anew at the new width
      if (shots) await page.screenshot({ path: `${shots}/${name}-${theme}-${width}.png` })
      expect(await overflow(page), `at ${width} pixels`).toEqual([])
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    if (name !== 'import') {
      await page.keyboard.press('t')
      await page.getByRole('table').first().waitFor()
      await settled(page)
      expect(await findings(page)).toEqual([])
    }
    expect(errors).toEqual([])
    await page.context().close()
  })
})

it.each(THEMES)('dialogs and the sign-in are accessible in %s', async theme => {
  const { page } = await open(browser, '/jobs', { colorScheme: theme })
  await settled(page)
  for (const key of ['?', 'Control+k']) {
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
    expect(await findings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await page.goto(page.url().replace(/\/jobs.*/, '/sign-in'))
  await page.getByLabel('API key').waitFor()
  expect(await findings(page)).toEqual([])
  await page.context().close()
})
