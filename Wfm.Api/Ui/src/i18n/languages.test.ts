import { describe, expect, it } from 'vitest'
import { catalogues, type InEvery, LANGUAGES, pickLanguage } from './languages'

const pages = import.meta.glob<{ words: InEvery<object> }>('../pages/**/words.ts', { eager: true })
const all = {
  shell: catalogues as InEvery<object>,
  ...Object.fromEntries(Object.entries(pages).map(([path, m]) => [path, m.words])),
}

/** Every text of a catalogue by its path; a function is called with its arguments replaced by marks. */
function texts(catalogue: object, path = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] => {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'string') return [[here, value]]
    if (typeof value === 'function') return [[here, String(value(...Array.from({ length: value.length }, (_, i) => `⟨${i}⟩`)))]]
    return texts(value as object, here)
  })
}

describe.each(Object.entries(all))('the words of %s', (_, words) => {
  const english = new Map(texts(words.en))

  it.each(LANGUAGES)('are all there in %s', language => {
    const own = new Map(texts(words[language]))
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
    expect([...own].filter(([, text]) => text.trim() === '').map(([path]) => path)).toEqual([])
  })

  it.each(LANGUAGES)('use every argument in %s', language => {
    const marks = (text: string) => [...new Set(text.match(/⟨\d⟩/g) ?? [])].sort().join()
    const wrong = texts(words[language]).filter(([path, text]) => marks(text) !== marks(english.get(path) ?? ''))
    expect(wrong).toEqual([])
  })

  it.each(LANGUAGES.filter(l => l !== 'en'))('are translated into %s', language => {
    const same = texts(words[language]).filter(([path, text]) => /[a-z]{4}/.test(text) && text === english.get(path))
    expect(same.length / english.size).toBeLessThan(0.12) // a few words are the same in two languages
  })
})

it('picks the reader’s first language that the console speaks', () => {
  expect(pickLanguage(['fr-FR', 'pt-PT', 'en'])).toBe('pt-BR')
  expect(pickLanguage(['de'])).toBe('en')
})
