import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, Zone } from '../time/zone'
import { snap, TimeAxis } from './TimeAxis'

const dublin = Zone.of('Europe/Dublin')

describe('TimeAxis', () => {
  it('comes back from pixels', () => {
    const axis = new TimeAxis(0, DAY, 40, dublin)
    expect(axis.at(axis.x(5 * HOUR))).toBe(5 * HOUR)
    expect(axis.width).toBe(960)
  })

  it('marks hours of the clock on a day of 25 hours', () => {
    const day = dublin.startOf('2026-10-25')
    const axis = new TimeAxis(day, dublin.nextDay(day), 10, dublin)
    expect(axis.width).toBe(250)
    expect(axis.hours(day, 30).map(t => dublin.clock(t))).toEqual(['03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00'])
  })

  it('leaves out an hour that the clock skips', () => {
    const day = dublin.startOf('2026-03-29') // 01:00 does not exist
    const clocks = new TimeAxis(day, dublin.nextDay(day), 60, dublin).hours(day, 40).map(t => dublin.clock(t))
    expect(clocks.slice(0, 3)).toEqual(['02:00', '03:00', '04:00'])
  })

  it('marks no hours without room', () => expect(new TimeAxis(0, DAY, 1, dublin).hours(0, 30)).toEqual([]))
})

it('snaps to the quarter of the clock on the wall', () => {
  const kathmandu = Zone.of('Asia/Kathmandu')
  const at = snap(kathmandu.startOf('2026-11-02') + 8 * HOUR + 8 * MINUTE, 15 * MINUTE, kathmandu)
  expect(kathmandu.clock(at)).toBe('08:15')
})
