import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { api, key, launch, server } from './browser'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const fresh = async () => (await browser.newContext({ locale: 'en-GB' })).newPage()

it('asks who you are, takes a key, keeps it from scripts, and lets you out', async () => {
  const page = await fresh()
  await page.goto(`${server}/`)
  await page.getByLabel('API key').fill('wfm_no_such_key_0123456789abcdef0123')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('unknown, revoked or expired').waitFor()

  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').getByText('Jobs').waitFor()
  expect(await page.evaluate(() => document.cookie)).toBe('')

  await page.getByRole('button', { name: 'Preferences' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('API key').waitFor()
  await page.goto(`${server}/console/jobs`)
  await page.getByLabel('API key').waitFor()
})

it('lets in by a link, once', async () => {
  const { path } = await api<{ path: string }>('/sign-in-links', {})
  const page = await fresh()
  await page.goto(server + path)
  await page.getByRole('navigation').getByText('Jobs').waitFor()

  const other = await fresh()
  await other.goto(server + path)
  await other.getByText('used already').waitFor()
})

it('goes on to the page that was asked for', async () => {
  const page = await fresh()
  await page.goto(`${server}/console/jobs?state=failed`)
  await page.getByLabel('API key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
  expect(page.url()).toContain('state=failed')
})

it('asks again when the session was ended elsewhere, and comes back to the same place', async () => {
  const page = await fresh()
  await page.goto(`${server}/console/jobs?state=failed`)
  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
  const { items } = await api<{ items: { id: string }[] }>('/sessions?active=true&limit=1')
  await fetch(`${server}/api/v1/sessions/${items[0].id}`, { method: 'DELETE', headers: { 'X-Api-Key': key } })
  await page.getByRole('button', { name: 'State' }).click()
  await page.getByRole('option', { name: 'done' }).click()
  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Jobs' }).waitFor()
  expect(page.url()).toContain('state=succeeded')
})
