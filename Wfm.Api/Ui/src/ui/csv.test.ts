import { expect, it } from 'vitest'
import { csv } from './csv'

it('quotes what needs it and nothing else', () => {
  expect(csv(['name', 'heads'], [['a, "b"', 1.5]])).toBe('\uFEFFname,heads\r\n"a, ""b""",1.5\r\n')
})

it('lets no spreadsheet run a name as a formula', () =>
  expect(csv(['x'], [['=1+1'], [-2], [null]])).toBe("\uFEFFx\r\n'=1+1\r\n-2\r\n\r\n"))
