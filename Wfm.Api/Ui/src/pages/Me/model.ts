import type { Schemas } from '../../api/client'
import type { Tone } from '../../ui/controls'

export type Shift = Schemas['MyShiftResponse']
export type LeaveRequest = Schemas['LeaveRequestResponse']
export type Swap = Schemas['MySwapResponse']

/** The shift that runs now, else the next one; null when none is known. */
export function nextShift(shifts: readonly Shift[], now: number): Shift | null {
  return shifts.filter(s => Date.parse(s.end) > now).toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))[0] ?? null
}

/** Parts of a shift as shares of its length, for a bar: where each begins and how wide it is. */
export function partsOf(
  shift: Pick<Shift, 'start' | 'end' | 'activities'>,
): { kind: string; group: string | null; from: number; share: number }[] {
  const [start, end] = [Date.parse(shift.start), Date.parse(shift.end)]
  return shift.activities.map(a => ({
    kind: a.kind,
    group: a.group ?? null,
    from: (Date.parse(a.start) - start) / (end - start),
    share: (Date.parse(a.end) - Date.parse(a.start)) / (end - start),
  }))
}

export const stateTone = (state: LeaveRequest['state'] | Swap['state']): Tone | undefined =>
  state === 'approved'
    ? 'ok'
    : state === 'refused' || state === 'failed'
      ? 'bad'
      : state === 'waiting' || state === 'accepted'
        ? 'warn'
        : undefined

/** Why a request was answered as it was: what the rule that decided says, else all that did not pass. */
export function reasonOf(request: LeaveRequest): string[] {
  const failed = request.findings.filter(f => !f.passed)
  const deciding = failed.filter(f => f.rule === request.decidedBy)
  return (deciding.length > 0 ? deciding : failed).map(f => f.message)
}

/** Whether a request can still be taken back: it waits for an answer, or its leave has not begun. */
export const isOpen = (request: LeaveRequest, now: number): boolean =>
  request.state === 'pending' || request.state === 'waiting' || (request.state === 'approved' && Date.parse(request.start) > now)

export const isRunning = (swap: Swap): boolean => swap.state === 'asked' || swap.state === 'accepted'

/** How much of a limit is used, in [0, 1]. */
export const used = (limit: Schemas['LimitHeadroom']): number =>
  limit.limit <= 0 ? 0 : Math.min(1, Math.max(limit.planned, limit.actual ?? 0) / limit.limit)

/** A date so many days after another. */
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
