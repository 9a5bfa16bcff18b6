import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, launch, now, open, settled } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const day = (days: number) => new Date(now + days * 86_400_000).toISOString().slice(0, 10)
const seats = (page: Page) => page.getByRole('button', { name: /^Seats dub/ })

async function write(page: Page, value: string) {
  await seats(page).click()
  await page.keyboard.type(value)
  await page.keyboard.press('Enter')
}

describe('a table of the setup', () => {
  it('takes a value in place, refuses what does not fit, and takes it back', async () => {
    const { page } = await open(browser, '/setup/hubs?hub=dub')
    await settled(page)
    const before = await seats(page).textContent()
    await write(page, '97')
    await page.getByText(`Saved dub: Seats ${before} → 97`).waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText(`Saved dub: Seats 97 → ${before}`).waitFor()
    await write(page, '-3')
    await page.getByText('This is too small.').waitFor()
    await page.keyboard.press('Escape')
    expect(await seats(page).textContent()).toBe(before)
    await page.context().close()
  })

  it('shows both versions where somebody else was faster', async () => {
    const [first, second] = [await open(browser, '/setup/hubs?hub=dub'), await open(browser, '/setup/hubs?hub=dub')]
    await Promise.all([settled(first.page), settled(second.page)])
    const before = await seats(first.page).textContent()
    await write(first.page, '96')
    await first.page.getByText(/^Saved dub/).waitFor()
    await write(second.page, '94')
    await second.page.getByText('Seats: yours 94, theirs 96').waitFor()
    await second.page.getByRole('button', { name: 'Take theirs' }).click()
    expect(await seats(second.page).textContent()).toBe('96')
    await first.page.keyboard.press('Control+z')
    await first.page.getByText(`Saved dub: Seats 96 → ${before}`).waitFor()
    await Promise.all([first.page.context().close(), second.page.context().close()])
  })
})

describe('a file', () => {
  it('is tried, brought in and forecast', async () => {
    const rows = Array.from({ length: 48 }, (_, i) => {
      const start = new Date(Date.parse(`${day(-1)}T00:00:00Z`) + i * 1_800_000).toISOString()
      return `${start},dub,reports-de,${20 + (i % 7)}`
    })
    const text = ['Timestamp,Site,Queue,Calls', ...rows, `${day(-1)}T10:00:00Z,dub,reports-de,many`].join('\n')
    const { page } = await open(browser, '/setup/import?hub=dub')
    await settled(page)
    await page.locator('input[type=file]').setInputFiles({ name: 'volumes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('img', { name: /^reports-de/ }).waitFor()
    await page.getByRole('button', { name: 'Try it, changing nothing' }).click()
    await page.getByText('This would happen').waitFor()
    expect(await page.locator('.bad-cell').textContent()).toBe('many')
    await page.getByRole('button', { name: 'Bring in 48 rows' }).click()
    await page.getByText('Brought in').waitFor()
    await page.getByRole('button', { name: 'Forecast now' }).click()
    await page.getByRole('link', { name: 'See it' }).click({ timeout: 80_000 })
    await page.waitForURL(/\/forecasts\?.*hub=dub/)
    await page.context().close()
  })
})

describe('a number of the heat map', () => {
  it('is the sum of its parts, and another cell has others', async () => {
    const { page } = await open(browser, '/staffing?hub=dub')
    await settled(page)
    const picture = page.getByRole('img', { name: /^Why that number/ })
    await picture.waitFor()
    const parts = async () =>
      [...((await picture.getAttribute('aria-label')) ?? '').matchAll(/ (−?[\d.,]+)(?=,|$)/g)].map(m =>
        Number(m[1].replace('−', '-')),
      )
    const numbers = await parts()
    const [required] = numbers.slice(-2)
    expect(numbers.slice(0, -2).reduce((s, n) => s + n, 0)).toBeCloseTo(required, 1) // shown with three digits
    const before = page.url()
    await page.getByRole('region', { name: /^Scheduled less required/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.waitForURL(url => String(url) !== before)
    await page.context().close()
  })
})

describe('somebody with the role agent', () => {
  it('sees only itself, asks for time off and takes it back', async () => {
    const { items } = await api<{ items: { code: string; name: string }[] }>('/agents?hub=dub&limit=1')
    const { code, name } = items[0]
    const { key } = await api<{ key: string }>('/api-keys', { name: 'console test', role: 'agent', agent: code })
    await api(`/agents/${code}/balances/holiday/entries`, { kind: 'adjustment', hours: 80, on: day(-30), reason: 'A test.' })
    const { page } = await open(browser, '/', { extraHTTPHeaders: { 'X-Api-Key': key } })
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual(['Me'])
    const timeOff = page.getByRole('region', { name: 'Time off' })
    await timeOff.getByLabel('First day').fill(day(60))
    await timeOff.getByRole('button', { name: 'Ask for time off' }).click()
    await timeOff.getByRole('button', { name: 'Take back' }).first().click()
    await timeOff.getByText('taken back').first().waitFor()
    await page.goto(page.url().replace('/me', '/setup/hubs'))
    await page.getByText('This needs the permission “readSetup”.').waitFor()
    await page.context().close()
  })
})
