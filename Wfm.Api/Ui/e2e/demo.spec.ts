import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, launch, now, open, server, settled } from './browser'

interface Shift {
  agent: string
  date: string
  start: string
  end: string
}
interface Items<T> {
  items: T[]
}
interface Roster {
  id: string
  start: string
  days: number
}

const HUB = 'dub'
const QUARTER = 15 * 60_000
const HOUR = 4 * QUARTER

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

describe('the keyboard alone', () => {
  it('reaches every page', async () => {
    const { page, errors } = await open(browser, '/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    for (const [letter, heading] of [
      ['f', 'Forecasts'],
      ['r', 'Rosters'],
      ['j', 'Jobs'],
    ]) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    }
    expect(errors).toEqual([])
  })

  it('finds a hub, and says what else it can', async () => {
    const { page } = await open(browser, '/jobs')
    await settled(page)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('sao')
    await page.getByRole('menuitem', { name: 'São Paulo' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/hub=gru/)
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Table or picture').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    await page.getByRole('table').waitFor()
    expect(page.url()).toContain('as=table')
  })
})

describe('hubs that are slow to come', () => {
  it('are waited for, and not said to be missing', async () => {
    const { page, errors } = await open(browser, '/jobs')
    await settled(page)
    let release = () => {}
    const held = new Promise<void>(done => {
      release = done
    })
    await page.route('**/api/v1/hubs?*', async route => {
      await held
      await route.continue()
    })
    for (const path of ['today', 'setup/people']) {
      await page.goto(`${server}/console/${path}`)
      await page.getByRole('status', { name: 'Loading' }).first().waitFor()
      expect(await page.getByText('There is no hub').count()).toBe(0)
    }
    release()
    await page.getByRole('table').waitFor()
    expect(errors).toEqual([])
  })
})

describe('a roster', () => {
  let roster: Roster
  let shifts: Shift[]
  beforeAll(async () => {
    ;[roster] = (await api<Items<Roster>>(`/rosters?hub=${HUB}&state=draft&limit=1`)).items
    const agents = (await api<Items<{ code: string }>>(`/agents?hub=${HUB}&limit=60`)).items
    shifts = (
      await Promise.all(agents.map(a => api<Items<Shift>>(`/rosters/${roster.id}/shifts?agent=${a.code}&limit=100`)))
    ).flatMap(p => p.items)
  })

  const at = (shift: Shift) => `/rosters?hub=${HUB}&roster=${roster.id}&person=${shift.agent}&day=${shift.date}`
  const carry = async (page: Page, key: string, times: number) => {
    await page.getByRole('application').focus()
    for (let i = 0; i < times; i++) await page.keyboard.press(`Alt+${key}`)
  }
  const check = async (shift: Shift, by: number) => {
    const start = new Date(Date.parse(shift.start) + by).toISOString()
    const operations = [{ kind: 'move', agent: shift.agent, date: shift.date, start }]
    return (await api<{ allowed: boolean }>(`/rosters/${roster.id}/edits?check=true`, { reason: 'test', operations })).allowed
  }
  const isAhead = (shift: Shift) => Date.parse(shift.start) > now + 48 * HOUR

  it('refuses a shift too early, by the law', async () => {
    const rest = (shift: Shift) => {
      const before = shifts.filter(s => s.agent === shift.agent && s.end < shift.start).at(-1)
      return before ? Date.parse(shift.start) - Date.parse(before.end) : Number.POSITIVE_INFINITY
    }
    const late = (shift: Shift) => new Date(shift.start).getUTCHours()
    const tight = shifts.filter(s => isAhead(s) && rest(s) < 15 * HOUR && late(s) >= 8 && late(s) <= 16)[0]
    const steps = Math.ceil((rest(tight) - 11 * HOUR) / QUARTER) + 2
    const { page } = await open(browser, at(tight))
    await settled(page)
    await carry(page, 'ArrowLeft', steps)
    await page.keyboard.press('Enter')
    const refusal = page.getByRole('alert')
    await refusal.getByText('Refused').waitFor()
    const text = await refusal.textContent()
    expect(text).toMatch(/Rest of \d+ h \d+ min/)
    expect(text).toContain('Organisation of Working Time Act 1997, section 11')
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
  })

  it('takes a legal move, undoes it, and does it again', async () => {
    const [shift, sign] = await findLegal()
    const { page, errors } = await open(browser, at(shift))
    await settled(page)
    await carry(page, sign < 0 ? 'ArrowLeft' : 'ArrowRight', 1)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Undo (1)' }).waitFor()
    expect(await startOf(shift)).toBe(Date.parse(shift.start) + sign * QUARTER)

    await page.keyboard.press('Control+z')
    await page.getByText('Undone:').waitFor({ state: 'attached' })
    expect(await startOf(shift)).toBe(Date.parse(shift.start))

    await page.keyboard.press('Control+Shift+z')
    await page.getByRole('button', { name: 'Undo (1)' }).waitFor()
    expect(await startOf(shift)).toBe(Date.parse(shift.start) + sign * QUARTER)
    await page.keyboard.press('Control+z')
    await page.getByText('Undone:').waitFor({ state: 'attached' })
    expect(errors).toEqual([])
  })

  it('says when somebody else has edited it meanwhile', async () => {
    const [shift, sign] = await findLegal()
    const { page } = await open(browser, at(shift))
    await settled(page)
    const other = shifts.find(s => isAhead(s) && s.agent !== shift.agent)!
    const { etag } = await versionOf(roster.id)
    await edit(roster.id, etag, [{ kind: 'remove', agent: other.agent, date: other.date }])
    await carry(page, sign < 0 ? 'ArrowLeft' : 'ArrowRight', 1)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Somebody has edited this roster').waitFor()
    await page.getByRole('button', { name: 'Show it' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
  })

  it('says who changes before it is published', async () => {
    const { page } = await open(browser, `/rosters?hub=${HUB}&roster=${roster.id}`)
    await settled(page)
    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish this roster' })
    await dialog.getByText('From then on it decides').waitFor()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await api<{ state: string }>(`/rosters/${roster.id}`)).state).toBe('published')
  })

  async function findLegal(): Promise<[Shift, number]> {
    for (const shift of shifts.filter(isAhead)) {
      for (const sign of [-1, 1]) if (await check(shift, sign * QUARTER)) return [shift, sign]
    }
    throw new Error('No shift can move by a quarter of an hour.')
  }

  async function startOf(shift: Shift): Promise<number> {
    const { items } = await api<Items<Shift>>(
      `/rosters/${roster.id}/shifts?agent=${shift.agent}&from=${shift.date}&to=${shift.date}`,
    )
    return Date.parse(items[0].start)
  }
})

async function versionOf(id: string) {
  const response = await fetch(`${process.env.WFM_URL}/api/v1/rosters/${id}`, {
    headers: { 'X-Api-Key': process.env.WFM_KEY ?? '' },
  })
  return { etag: response.headers.get('ETag') ?? '' }
}

async function edit(id: string, etag: string, operations: unknown[]) {
  const response = await fetch(`${process.env.WFM_URL}/api/v1/rosters/${id}/edits`, {
    method: 'POST',
    headers: { 'X-Api-Key': process.env.WFM_KEY ?? '', 'Content-Type': 'application/json', 'If-Match': etag },
    body: JSON.stringify({ reason: 'somebody else', operations }),
  })
  if (!response.ok) throw new Error(`The edit was answered with ${response.status}: ${await response.text()}`)
}

describe('a forecast', () => {
  it('is adjusted with a reason, its effect told before', async () => {
    const { page, errors } = await open(browser, `/forecasts?hub=${HUB}`)
    await settled(page)
    await page.getByRole('application').focus()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Adjust the forecast' })
    await dialog.getByLabel('By').fill('1.2')
    await dialog.getByLabel('Reason').fill('Launch of a feature')
    await dialog.getByText(/\+[\d,.]+ contacts, \+[\d,.]+ hours/).waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Launch of a feature').first().waitFor()
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('withdrawn').first().waitFor()
    expect(errors).toEqual([])
  })

  it('says when the server is gone, and comes back', async () => {
    const { page } = await open(browser, '/jobs')
    await settled(page)
    await page.route('**/api/v1/jobs?*', route => route.abort())
    await page.getByRole('button', { name: 'State' }).click()
    await page.getByRole('option', { name: 'failed' }).click()
    await page.getByText('The server does not answer.').waitFor({ timeout: 20_000 })
    await page.unroute('**/api/v1/jobs?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('No job is in this state.').waitFor()
  })
})
