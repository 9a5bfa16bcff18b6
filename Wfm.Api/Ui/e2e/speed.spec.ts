import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { launch, open, settled } from './browser'

/** Figures against the budgets of the console, printed and not judged: they are the machine's as much as ours. */
let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const print = (what: string, value: string, budget: string) =>
  console.log(`${what.padEnd(44)} ${value.padStart(16)}   budget ${budget}`)

it('paints, draws and drags', async () => {
  const { page } = await open(browser, '/rosters?hub=kul', { standsStill: false })
  await page.locator('.gantt canvas').first().waitFor()
  const drawn = await page.evaluate(() => performance.now())
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN)
  print('first contentful paint', `${painted.toFixed(0)} ms`, '400 ms')
  print('largest roster drawn with its data', `${drawn.toFixed(0)} ms`, '1,000 ms')
  await settled(page)
  const frames = await framesOf(page, async () => {
    await page.mouse.move(700, 300)
    for (let i = 0; i < 40; i++) await page.mouse.wheel(30, 12)
  })
  print('frames while scrolling, p50 / p95', frames, '– / 16.7 ms')
  const dragged = await framesOf(page, async () => {
    const box = (await page.locator('.gantt').boundingBox())!
    for (let y = box.y + 60; y < box.y + 300; y += 26) {
      await page.mouse.move(box.x + 400, y)
      await page.mouse.down()
      for (let i = 0; i < 12; i++) await page.mouse.move(box.x + 400 + i * 6, y + i)
      await page.keyboard.press('Escape')
      await page.mouse.up()
    }
  })
  print('frames while dragging, p50 / p95', dragged, '– / 16.7 ms')
})

it('keeps no memory of pages that were left', async () => {
  const { page } = await open(browser, '/jobs', { standsStill: false })
  const session = await page.context().newCDPSession(page)
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage')
    return (
      (await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize)) / 1e6
    )
  }
  const round = async () => {
    for (const letter of ['f', 'r', 'j']) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await settled(page)
    }
  }
  await settled(page)
  await round()
  const before = await heap()
  for (let i = 0; i < 3; i++) await round()
  print(
    'heap after one round and after ten changes',
    `${before.toFixed(0)} → ${(await heap()).toFixed(0)} MB`,
    '80 MB, no growth',
  )
})

/** Times between frames while something is done, in milliseconds. */
async function framesOf(page: Page, act: () => Promise<void>): Promise<string> {
  await page.evaluate(() => {
    const state = globalThis as unknown as { frames: number[] }
    state.frames = []
    let last = 0
    const next = (now: number) => {
      if (last) state.frames.push(now - last)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await act()
  const times = (await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames)).sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return `${at(0.5).toFixed(1)} / ${at(0.95).toFixed(1)} ms`
}
