import { DAY, HOUR, type Zone } from '../time/zone'

/** A stretch of time laid along pixels, in the hours and days of one zone: a day of 23 or 25 hours is drawn as such. */
export class TimeAxis {
  readonly from: number
  readonly to: number
  readonly pixelsPerHour: number
  readonly zone: Zone

  constructor(from: number, to: number, pixelsPerHour: number, zone: Zone) {
    this.from = from
    this.to = to
    this.pixelsPerHour = pixelsPerHour
    this.zone = zone
  }

  get width(): number {
    return this.x(this.to)
  }

  x(instant: number): number {
    return ((instant - this.from) / HOUR) * this.pixelsPerHour
  }

  at(x: number): number {
    return this.from + (x / this.pixelsPerHour) * HOUR
  }

  /** The first instants of the days in sight. */
  days(left: number, right: number): number[] {
    return this.zone.days(Math.max(this.from, this.at(left)), Math.min(this.to, this.at(right)))
  }

  /** Full hours of a day by the clock on the wall, as far apart as there is room for marks of `room` pixels; midnight left out. */
  hours(day: number, room: number): number[] {
    const step = [1, 2, 3, 6, 12].find(hours => hours * this.pixelsPerHour >= room)
    if (!step) return []
    const next = this.zone.nextDay(day)
    const midnight = Math.floor(this.zone.local(day) / DAY) * DAY
    const hours: number[] = []
    for (let hour = step; hour < 24; hour += step) {
      const instant = this.zone.instant(midnight + hour * HOUR)
      if (instant > (hours.at(-1) ?? day) && instant < next) hours.push(instant) // a skipped hour is the one after it
    }
    return hours
  }
}

/** The nearest multiple of `step` by the clock on the wall. */
export function snap(instant: number, step: number, zone: Zone): number {
  return zone.instant(Math.round(zone.local(instant) / step) * step)
}
