import { describe, expect, it } from 'vitest'
import { isOpen, type LeaveRequest, nextShift, partsOf, plusDays, reasonOf, type Shift, used } from './model'

const shift = (start: string, end: string): Shift => ({ start, end, activities: [] }) as unknown as Shift
const [early, late] = [
  shift('2026-11-02T06:00:00Z', '2026-11-02T14:00:00Z'),
  shift('2026-11-03T14:00:00Z', '2026-11-03T22:00:00Z'),
]

describe('nextShift', () => {
  it('is the one that runs', () => expect(nextShift([late, early], Date.parse('2026-11-02T13:59:00Z'))).toBe(early))
  it('is the first that begins later once that one is over', () =>
    expect(nextShift([late, early], Date.parse(early.end))).toBe(late))
  it('is none after the last', () => expect(nextShift([early], Date.parse(early.end))).toBeNull())
})

it('lays the parts of a shift along its length', () => {
  // eight hours: three of work, half an hour of meal, four and a half of work
  const activity = (kind: string, start: string, end: string) => ({
    kind,
    start: `2026-11-02T${start}:00Z`,
    end: `2026-11-02T${end}:00Z`,
  })
  const parts = partsOf({
    ...early,
    activities: [activity('work', '06:00', '09:00'), activity('meal', '09:00', '09:30'), activity('work', '09:30', '14:00')],
  } as Shift)
  expect(parts.map(p => [p.kind, p.from, p.share])).toEqual([
    ['work', 0, 0.375],
    ['meal', 0.375, 0.0625],
    ['work', 0.4375, 0.5625],
  ])
})

const request = (more: Partial<LeaveRequest>): LeaveRequest =>
  ({ state: 'refused', start: '2026-11-10T00:00:00Z', findings: [], ...more }) as unknown as LeaveRequest
const finding = (rule: 'balance' | 'notice', passed: boolean, message: string) => ({
  rule,
  code: rule,
  passed,
  parameters: {},
  message,
})

describe('a request', () => {
  const findings = [finding('balance', true, 'Enough.'), finding('notice', false, 'Too late.')]

  it('is explained by the rule that decided', () =>
    expect(reasonOf(request({ decidedBy: 'notice', findings: [...findings, finding('balance', false, 'Too little.')] }))).toEqual(
      ['Too late.'],
    ))

  it('is explained by all that failed where none decided', () => expect(reasonOf(request({ findings }))).toEqual(['Too late.']))

  it('can be taken back until it is answered, or its leave begins', () => {
    const before = Date.parse('2026-11-09T00:00:00Z')
    expect(isOpen(request({ state: 'pending' }), before)).toBe(true)
    expect(isOpen(request({ state: 'approved' }), before)).toBe(true)
    expect(isOpen(request({ state: 'approved' }), Date.parse('2026-11-10T00:00:00Z'))).toBe(false)
    expect(isOpen(request({ state: 'refused' }), before)).toBe(false)
  })
})

it('counts the larger of planned and worked against a limit', () => {
  const limit = (planned: number, actual: number | null) => used({ limit: 200, planned, actual } as Parameters<typeof used>[0])
  expect([limit(50, null), limit(50, 150), limit(500, null)]).toEqual([0.25, 0.75, 1])
})

it('adds days over the end of a month and a clock change', () => {
  expect(plusDays('2026-10-24', 2)).toBe('2026-10-26')
  expect(plusDays('2026-02-28', 1)).toBe('2026-03-01')
})
