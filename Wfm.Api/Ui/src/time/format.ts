import { DAY, HOUR, MINUTE, type Zone } from './zone'

const formats = new Map<string, Intl.DateTimeFormat>()
const numbers = new Map<string, Intl.NumberFormat>()

function dates(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options })
  formats.set(key, made)
  return made
}

function number(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = numbers.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  numbers.set(key, made)
  return made
}

const minus = (text: string) => text.replace('-', '−')

/** Numbers and times as one reader sees them. Pictures use `figure`, tables `full`. */
export class Format {
  readonly locale: string

  constructor(locale: string) {
    this.locale = locale
  }

  /** At most three significant digits below a thousand, whole numbers above. */
  figure(value: number): string {
    const options = Math.abs(value) < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }
    return minus(number(this.locale, options).format(value === 0 ? 0 : value))
  }

  full(value: number, digits = 2): string {
    return minus(number(this.locale, { maximumFractionDigits: digits }).format(value))
  }

  /** With its sign, but none for zero. */
  signed(value: number): string {
    return value > 0 ? `+${this.figure(value)}` : this.figure(value)
  }

  /** A fraction as percent with one digit. */
  percent(fraction: number): string {
    return minus(number(this.locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(fraction))
  }

  /** A probability as whole percent; what is not certain is neither 0 nor 100 %. */
  chance(probability: number): string {
    const whole = number(this.locale, { style: 'percent', maximumFractionDigits: 0 })
    if (probability > 0 && probability < 0.01) return `<${whole.format(0.01)}`
    return probability < 1 && probability > 0.99 ? `>${whole.format(0.99)}` : whole.format(probability)
  }

  /** `7.5 h`. */
  hours(value: number): string {
    return `${this.figure(value)} h`
  }

  /** A stretch of time in its two largest units: `3 h 05 min`, `12 s`. */
  duration(milliseconds: number): string {
    if (milliseconds < 1000) return '< 1 s'
    if (milliseconds < MINUTE) return `${Math.floor(milliseconds / 1000)} s`
    const [days, hours, minutes] = [
      Math.floor(milliseconds / DAY),
      Math.floor(milliseconds / HOUR),
      Math.floor(milliseconds / MINUTE),
    ]
    if (days > 1) return `${days} d ${hours % 24} h`
    if (hours > 0) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
    return minutes < 10 ? `${minutes} min ${String(Math.floor(milliseconds / 1000) % 60).padStart(2, '0')} s` : `${minutes} min`
  }

  /** `Mon 2 Nov`. */
  day(instant: number, zone: Zone): string {
    return dates(this.locale, zone.id, { weekday: 'short', day: 'numeric', month: 'short' }).format(instant).replace(',', '')
  }

  date(instant: number, zone: Zone): string {
    return dates(this.locale, zone.id, { day: 'numeric', month: 'short', year: 'numeric' }).format(instant)
  }

  /** `Nov 26`: for axes of years. */
  month(instant: number, zone: Zone): string {
    return dates(this.locale, zone.id, { month: 'short', year: '2-digit' }).format(instant)
  }

  weekday(instant: number, zone: Zone, width: 'short' | 'narrow' | 'long' = 'short'): string {
    return dates(this.locale, zone.id, { weekday: width }).format(instant)
  }

  /** `Mon 2 Nov 06:00`. */
  moment(instant: number, zone: Zone): string {
    return `${this.day(instant, zone)} ${zone.clock(instant)}`
  }

  /** `Mon 2 Nov 06:00 (Dublin, UTC+0)`: for titles and captions, where the zone must be said. */
  momentInZone(instant: number, zone: Zone): string {
    return `${this.moment(instant, zone)} (${place(zone)}, ${zone.offsetLabel(instant)})`
  }

  /** `06:00–14:00`, `22:00–06:00 +1`: half-open, with the days that the end is later. */
  range(from: number, to: number, zone: Zone): string {
    const days = Math.round((zone.startOfDay(to) - zone.startOfDay(from)) / DAY)
    return `${zone.clock(from)}–${zone.clock(to)}${days > 0 ? ` +${days}` : ''}`
  }

  /** `3 minutes ago`. */
  ago(instant: number, now: number): string {
    const seconds = Math.round((instant - now) / 1000)
    const relative = new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' })
    if (Math.abs(seconds) < 60) return relative.format(seconds, 'second')
    if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), 'minute')
    if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
    return relative.format(Math.round(seconds / 86_400), 'day')
  }
}

/** `Kuala Lumpur` of `Asia/Kuala_Lumpur`. */
export const place = (zone: Zone) => zone.id.slice(zone.id.lastIndexOf('/') + 1).replaceAll('_', ' ')
