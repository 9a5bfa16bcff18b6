import { describe, expect, it } from 'vitest'
import { DAY, HOUR, Zone } from './zone'

const ZONES = [
  'Europe/Dublin',
  'America/Chicago',
  'America/Sao_Paulo',
  'Asia/Kuala_Lumpur',
  'Asia/Kathmandu', // UTC+5:45
  'Australia/Lord_Howe', // changes by half an hour
  'Africa/Cairo', // changes at midnight
  'Africa/Casablanca', // goes back for Ramadan
]

const hoursOf = (zone: Zone, date: string) => (zone.nextDay(zone.startOf(date)) - zone.startOf(date)) / HOUR

describe('Zone', () => {
  it.each([
    ['Europe/Dublin', '2026-10-25', 25],
    ['Europe/Dublin', '2026-03-29', 23],
    ['America/Chicago', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Kuala_Lumpur', '2026-03-29', 24],
  ])('gives %s on %s %d hours', (id, date, hours) => expect(hoursOf(Zone.of(id), date)).toBe(hours))

  it('starts the day in São Paulo at 03:00 UTC', () => {
    expect(new Date(Zone.of('America/Sao_Paulo').startOf('2026-11-02')).toISOString()).toBe('2026-11-02T03:00:00.000Z')
  })

  it('starts a day whose midnight is skipped at its first minute', () => {
    const cairo = Zone.of('Africa/Cairo') // 2026-04-24 00:00 does not exist, 01:00 does
    expect(cairo.clock(cairo.startOf('2026-04-24'))).toBe('01:00')
    expect(hoursOf(cairo, '2026-04-24')).toBe(23)
  })

  it('takes the earlier of two equal readings', () => {
    const dublin = Zone.of('Europe/Dublin')
    expect(new Date(dublin.instant(Date.UTC(2026, 9, 25, 1, 30))).toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })

  it.each(ZONES)('reads %s as Intl does through fifteen years', id => {
    const zone = Zone.of(id)
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: id, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    const wrong: string[] = []
    for (let t = Date.UTC(2019, 1, 1); t < Date.UTC(2034, 0, 1); t += 37 * HOUR) {
      if (zone.clock(t) !== clock.format(t)) wrong.push(new Date(t).toISOString())
    }
    expect(wrong).toEqual([])
  })

  it.each(ZONES)('comes back from a local reading in %s', id => {
    const zone = Zone.of(id)
    for (let t = Date.UTC(2026, 0, 1); t < Date.UTC(2027, 0, 1); t += 11 * HOUR) {
      expect(zone.local(zone.instant(zone.local(t)))).toBe(zone.local(t))
    }
  })

  it('counts weekdays from Monday and names dates', () => {
    const manila = Zone.of('Asia/Manila')
    expect(manila.weekday(manila.startOf('2026-11-02'))).toBe(0)
    expect(manila.date(manila.startOf('2026-11-02') + DAY)).toBe('2026-11-03')
    expect(manila.days(manila.startOf('2026-11-02'), manila.startOf('2026-11-05'))).toHaveLength(3)
  })

  it('prints offsets with minutes where there are any', () => {
    expect(Zone.of('Asia/Kathmandu').offsetLabel(0)).toBe('UTC+5:45')
    expect(Zone.of('America/Sao_Paulo').offsetLabel(Date.UTC(2026, 0, 1))).toBe('UTC−3')
  })
})
