import { describe, expect, it } from 'vitest'
import { guess, inPlace, parse, rename, toReport, understand } from './model'

const text =
  'Timestamp,Site,queue,Calls\r\n2026-11-02T08:00:00Z,dub,a,3\r\n2026-11-02T08:30:00Z,dub,a,x\r\n2026-11-03T08:00:00Z,dub,b,4.5\r\n'

describe('parse', () => {
  it('finds the separator by the header', () => {
    expect(parse('a;b,c;d\n1;2;3').separator).toBe(';')
    expect(parse('a\tb\n1\t2').rows[0].cells).toEqual(['1', '2'])
  })

  it('takes separators, quotes and ends of lines in quotes, and counts lines of the file', () => {
    const file = parse('\uFEFFa,b\n"1,""2""","x\ny"\n3,4\n')
    expect(file.head).toEqual(['a', 'b'])
    expect(file.rows).toEqual([
      { line: 2, cells: ['1,"2"', 'x\ny'] },
      { line: 4, cells: ['3', '4'] },
    ])
  })

  it('skips empty lines but counts them', () => expect(parse('a\n\n1\n').rows).toEqual([{ line: 3, cells: ['1'] }]))

  it('has nothing in an empty file', () => expect(parse('')).toMatchObject({ head: [], rows: [] }))
})

describe('columns', () => {
  it('are guessed by name and by other names, each once', () => {
    expect(guess(['Timestamp', 'Site', 'queue', 'Calls'])).toEqual(['interval_start', 'hub', 'queue', 'offered'])
    expect(guess(['offered', 'Calls', 'colour'])).toEqual(['offered', null, null])
    expect(guess(['Calls', 'offered'])).toEqual([null, 'offered'])
  })

  it('are renamed in the header and nowhere else', () => {
    const file = parse(text)
    expect(rename(text, file, guess(file.head))).toBe(
      text.replace('Timestamp,Site,queue,Calls', 'interval_start,hub,queue,offered'),
    )
  })

  it('do not pass for what the reader said they are not', () => {
    const file = parse('offered,Calls\n1,2\n')
    expect(rename('offered,Calls\n1,2\n', file, [null, 'offered'])).toBe('offered_ignored,offered\n1,2\n')
  })
})

describe('understand', () => {
  const file = parse(text)

  it('adds up by hub, queue and day, and leaves out what is no number', () => {
    expect(understand(file, guess(file.head))).toEqual([
      {
        hub: 'dub',
        queue: 'b',
        rows: 1,
        first: '2026-11-03T08:00:00Z',
        last: '2026-11-03T08:00:00Z',
        offered: 4.5,
        days: [{ day: '2026-11-03', offered: 4.5 }],
      },
      {
        hub: 'dub',
        queue: 'a',
        rows: 1,
        first: '2026-11-02T08:00:00Z',
        last: '2026-11-02T08:00:00Z',
        offered: 3,
        days: [{ day: '2026-11-02', offered: 3 }],
      },
    ])
  })

  it('says nothing without the columns it needs', () => expect(understand(file, [null, 'hub', 'queue', 'offered'])).toEqual([]))
})

describe('a report', () => {
  it('reads the same of volumes and of other files', () => {
    const volumes = toReport({
      dryRun: true,
      accepted: 2,
      inserted: 1,
      updated: 1,
      unchanged: 0,
      rejected: 1,
      rejections: [{ row: 3, field: 'offered', value: 'x', reason: 'No number.' }],
      truncated: false,
      warned: 0,
      warnings: [],
      unknownColumns: ['colour'],
      seriesCreated: 0,
    })
    const rows = toReport({
      dryRun: true,
      rows: 3,
      accepted: 2,
      created: 1,
      updated: 1,
      unchanged: 0,
      rejectedRows: 1,
      rejected: [{ row: 3, field: 'offered', value: 'x', reason: 'No number.', code: 'malformed' }],
      results: [],
    })
    expect(rows).toEqual({ ...volumes, unknownColumns: [] })
  })

  it('shows bad rows as they stand in the file, with the cell that is wrong', () => {
    const file = parse(text)
    const [bad] = inPlace(file, guess(file.head), [{ row: 3, field: 'offered', value: 'x', reason: 'No number.' }])
    expect(bad.line).toBe(3)
    expect(bad.cells.map(c => c.text)).toEqual(['2026-11-02T08:30:00Z', 'dub', 'a', 'x'])
    expect(bad.cells.map(c => c.wrong)).toEqual([undefined, undefined, undefined, 'No number.'])
    expect(bad.reasons).toEqual(['offered: No number.'])
  })
})
