import { expect, it } from 'vitest'
import { type Group, search } from './paletteModel'

const names = (groups: Group[]) => groups.map(g => [g.title, g.entries.map(e => e.name)])
const group = (title: string, ...entries: string[]): Group => ({
  title,
  entries: entries.map((name, i) => ({ id: name, name, note: `${title}-${i}`, run() {} })),
})
const all = [group('Hubs', 'São Paulo', 'Dublin', 'Paulista'), group('People', 'Ana Paul', 'Bo')]

it('finds without accents, the beginning of a word first', () => {
  expect(names(search(all, 'pau'))).toEqual([
    ['Hubs', ['Paulista', 'São Paulo']],
    ['People', ['Ana Paul']],
  ])
  expect(names(search(all, 'sao p'))).toEqual([['Hubs', ['São Paulo']]])
})

it('finds by code and leaves out groups without a hit', () =>
  expect(names(search(all, 'people-1'))).toEqual([['People', ['Bo']]]))

it('shows the first of every group when nothing is typed', () =>
  expect(search(all, ' ').map(g => g.entries.length)).toEqual([3, 2]))
