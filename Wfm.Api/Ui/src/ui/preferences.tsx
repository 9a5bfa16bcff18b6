import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { catalogues, type InEvery, type Language, locales, pickLanguage } from '../i18n/languages'
import { Format } from '../time/format'

export type Theme = 'system' | 'light' | 'dark'

interface Preferences {
  language: Language
  theme: Theme
  /** What is on the screen, where the system decides too. */
  dark: boolean
  setLanguage(language: Language): void
  setTheme(theme: Theme): void
}

const Context = createContext<Preferences | null>(null)

/** What one reader chose on this machine: language and colours. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useStored<Language>('wfm.language', v => pickLanguage([v ?? '', ...navigator.languages]))
  const [theme, setTheme] = useStored<Theme>('wfm.theme', v => (v === 'light' || v === 'dark' ? v : 'system'))
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const dark = theme === 'system' ? systemDark : theme === 'dark'
  useEffect(() => {
    const root = document.documentElement
    root.lang = language
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }, [language, theme])
  const value = useMemo(() => ({ language, theme, dark, setLanguage, setTheme }), [language, theme, dark, setLanguage, setTheme])
  return (
    <I18nProvider locale={locales[language]}>
      <Context value={value}>{children}</Context>
    </I18nProvider>
  )
}

export function usePreferences(): Preferences {
  const value = useContext(Context)
  if (!value) throw new Error('usePreferences needs a PreferencesProvider above it.')
  return value
}

/** The words of a catalogue in the reader's language; without one, those of the shell. */
export function useWords(): (typeof catalogues)['en']
export function useWords<T>(words: InEvery<T>): T
export function useWords<T>(words?: InEvery<T>) {
  const { language } = usePreferences()
  return words ? words[language] : catalogues[language]
}

export function useFormat(): Format {
  const { language } = usePreferences()
  return useMemo(() => new Format(locales[language]), [language])
}

function useStored<T extends string>(key: string, read: (stored: string | null) => T): [T, (value: T) => void] {
  const [value, set] = useState<T>(() => read(localStorage.getItem(key)))
  return [
    value,
    useMemo(
      () => (next: T) => {
        localStorage.setItem(key, next)
        set(next)
      },
      [key],
    ),
  ]
}

function useMedia(query: string): boolean {
  const [matches, set] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const on = () => set(media.matches)
    media.addEventListener('change', on)
    return () => media.removeEventListener('change', on)
  }, [query])
  return matches
}
