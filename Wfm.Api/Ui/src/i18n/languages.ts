import { en, type Messages } from './en'
import { es } from './es'
import { ms } from './ms'
import { ptBR } from './ptBR'
import { zh } from './zh'

export const LANGUAGES = ['en', 'zh', 'pt-BR', 'es', 'ms'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text, or one catalogue, in every language. */
export type InEvery<T> = Record<Language, T>

export const catalogues: InEvery<Messages> = { en, zh, 'pt-BR': ptBR, es, ms }

/** Each language by its own name. */
export const languageNames: InEvery<string> = {
  en: 'English',
  zh: '中文',
  'pt-BR': 'Português',
  es: 'Español',
  ms: 'Bahasa Melayu',
}

/** The locale whose numbers and dates go with the language. */
export const locales: InEvery<string> = { en: 'en-GB', zh: 'zh-CN', 'pt-BR': 'pt-BR', es: 'es-ES', ms: 'ms-MY' }

/** The first language of the reader that the console speaks, else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0]
    const found = LANGUAGES.find(language => language.toLowerCase().split('-')[0] === base)
    if (found) return found
  }
  return 'en'
}
