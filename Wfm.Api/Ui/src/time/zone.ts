export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

const FIRST = Date.UTC(2018, 0, 1)
const LAST = Date.UTC(2036, 0, 1)

/** A time zone as a table of its clock changes (2018 to 2035): an offset is a search in it, so drawing never calls `Intl`. */
export class Zone {
  private static readonly known = new Map<string, Zone>()
  private readonly changes: number[] = [Number.NEGATIVE_INFINITY]
  private readonly offsets: number[] = []
  readonly id: string

  /** @param id An IANA name, such as `Europe/Dublin`. @throws RangeError when the browser does not know it. */
  static of(id: string): Zone {
    let zone = Zone.known.get(id)
    if (!zone) {
      zone = new Zone(id)
      Zone.known.set(id, zone)
    }
    return zone
  }

  private constructor(id: string) {
    this.id = id
    const offsetOf = offsetReader(id)
    let offset = offsetOf(FIRST)
    this.offsets.push(offset)
    for (let week = FIRST; week < LAST; week += 7 * DAY) {
      const next = offsetOf(week + 7 * DAY)
      if (next === offset) continue // two changes in one week would be missed; there are none in the table's years
      this.changes.push(firstMinuteOf(next, week, week + 7 * DAY, offsetOf))
      this.offsets.push(next)
      offset = next
    }
  }

  /** Local minus UTC at an instant, both in milliseconds. */
  offsetAt(instant: number): number {
    let i = this.changes.length - 1
    while (this.changes[i] > instant) i--
    return this.offsets[i]
  }

  /** The milliseconds whose reading in UTC is the local reading of an instant. */
  local(instant: number): number {
    return instant + this.offsetAt(instant)
  }

  /** The instant of a local reading: the earlier of two where the clock goes back, the one after the gap where it goes forward. */
  instant(local: number): number {
    const before = local - this.offsetAt(local - DAY)
    if (this.local(before) === local) return before
    const after = local - this.offsetAt(local + DAY)
    return this.local(after) === local ? after : before
  }

  /** The first instant of the local day of an instant; not midnight where a change skips it. */
  startOfDay(instant: number): number {
    return this.instant(Math.floor(this.local(instant) / DAY) * DAY)
  }

  nextDay(instant: number): number {
    return this.instant((Math.floor(this.local(instant) / DAY) + 1) * DAY)
  }

  /** The first instant of a date such as `2026-11-02`. */
  startOf(date: string): number {
    return this.instant(Date.parse(`${date}T00:00:00Z`))
  }

  /** The local date of an instant, such as `2026-11-02`. */
  date(instant: number): string {
    return new Date(this.local(instant)).toISOString().slice(0, 10)
  }

  /** The first instants of the local days that touch `[from, to)`. */
  days(from: number, to: number): number[] {
    const days: number[] = []
    for (let day = this.startOfDay(from); day < to; day = this.nextDay(day)) days.push(day)
    return days
  }

  /** 0 is Monday. */
  weekday(instant: number): number {
    return (Math.floor(this.local(instant) / DAY) + 3) % 7
  }

  /** Minutes since local midnight, by the clock on the wall. */
  minuteOfDay(instant: number): number {
    return Math.floor((this.local(instant) % DAY) / MINUTE)
  }

  /** `06:30`. */
  clock(instant: number): string {
    const minute = this.minuteOfDay(instant)
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  }

  /** `UTC+5:45`. */
  offsetLabel(instant: number): string {
    const minutes = this.offsetAt(instant) / MINUTE
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
    return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${two(rest)}` : ''}`
  }
}

const two = (value: number) => String(value).padStart(2, '0')

function offsetReader(id: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: id,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return instant => {
    const part = Object.fromEntries(format.formatToParts(instant).map(p => [p.type, Number(p.value)]))
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - Math.floor(instant / MINUTE) * MINUTE
  }
}

/** The first whole minute in `(from, to]` at which the offset holds that holds at `to`. */
function firstMinuteOf(offset: number, from: number, to: number, offsetOf: (instant: number) => number): number {
  let [low, high] = [from / MINUTE, to / MINUTE]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetOf(middle * MINUTE) === offset) high = middle
    else low = middle
  }
  return high * MINUTE
}
