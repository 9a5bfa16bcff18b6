import { describe, expect, it } from 'vitest'
import { differences, type Edit, type EditColumn, filter, hoursOf, parametersOf, read } from './model'

interface Row {
  code: string
  seats: number
  policy: string | null
}

const number: Edit<Row> = { type: 'number', min: 0, max: 100, set: (row, seats) => ({ ...row, seats: seats as number }) }
const columns: EditColumn<Row>[] = [
  { head: 'Code', value: r => r.code },
  { head: 'Seats', value: r => r.seats, edit: number },
  { head: 'Policy', value: r => r.policy },
]

describe('read', () => {
  it.each([
    ['7.5', { value: 7.5 }],
    [' 7,5 ', { value: 7.5 }],
    ['−1', { wrong: 'tooSmall' }],
    ['101', { wrong: 'tooLarge' }],
    ['seven', { wrong: 'notANumber' }],
    ['', { wrong: 'empty' }],
  ])('takes %j for a number as %j', (text, expected) => expect(read(text, number)).toEqual(expected))

  it('takes nothing for null where that is allowed', () =>
    expect(read(' ', { ...number, optional: true })).toEqual({ value: null }))

  it('keeps a text without its margins', () => expect(read(' a b ', { type: 'text', set: r => r })).toEqual({ value: 'a b' }))
})

describe('differences', () => {
  it('are those columns whose values are not the same', () => {
    const mine = { code: 'dub', seats: 10, policy: null }
    expect(differences(columns, mine, { ...mine, seats: 12, policy: 'ie' })).toEqual([
      { head: 'Seats', a: '10', b: '12' },
      { head: 'Policy', a: '', b: 'ie' },
    ])
  })
})

describe('filter', () => {
  const rows = [
    { code: 'dub', seats: 1, policy: 'ie-law' },
    { code: 'aus', seats: 20, policy: null },
  ]

  it('finds letters in any column and any case', () => {
    expect(filter(rows, columns, 'IE')).toEqual([rows[0]])
    expect(filter(rows, columns, '20')).toEqual([rows[1]])
  })

  it('keeps all where nothing is asked for', () => expect(filter(rows, columns, ' ')).toBe(rows))
})

describe('hoursOf', () => {
  const window = (day: string, from = '08:00:00', to = '18:00:00') => ({ day, from, to })

  it('joins days that follow one another and have the same hours', () => {
    const week = [window('monday'), window('tuesday'), window('wednesday'), window('saturday', '09:00:00', '13:00:00')]
    expect(hoursOf(week, d => d.slice(0, 2))).toBe('mo–we 08:00–18:00, sa 09:00–13:00')
  })

  it('does not join over a day that is missing', () =>
    expect(hoursOf([window('monday'), window('friday')], d => d)).toBe('monday 08:00–18:00, friday 08:00–18:00'))
})

it('writes the numbers of a rule with their names', () => expect(parametersOf({ hours: 11, days: 7 })).toBe('hours 11, days 7'))
