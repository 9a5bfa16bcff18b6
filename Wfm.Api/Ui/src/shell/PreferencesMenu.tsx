import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { api, ok } from '../api/client'
import { me } from '../api/queries'
import { LANGUAGES, languageNames } from '../i18n/languages'
import { Button, Choice, Segments } from '../ui/controls'
import { type Theme, usePreferences, useWords } from '../ui/preferences'

/** Who is signed in, language, colours, keys. */
export function PreferencesMenu({ onHelp }: { onHelp(): void }) {
  const t = useWords()
  const { language, theme, setLanguage, setTheme } = usePreferences()
  const { data } = useQuery(me)
  const queries = useQueryClient()
  const router = useRouter()
  const signOut = useMutation({
    mutationFn: () => ok(api.DELETE('/api/v1/session')),
    onSuccess: async () => {
      queries.clear()
      await router.navigate({ to: '/sign-in' })
    },
  })
  return (
    <DialogTrigger>
      <Button aria-label={t.preferences}>
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
          <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-6 6c0-3 3-4.500 6-4.500s6 1.500 6 4.500z" />
        </svg>
      </Button>
      <Popover className="popover">
        <Dialog className="stack padded" aria-label={t.preferences}>
          {data && <p className="muted">{t.signedInAs(data.name, data.role)}</p>}
          <Choice
            label={t.language}
            value={language}
            options={LANGUAGES.map(l => [l, languageNames[l]] as const)}
            onChange={setLanguage}
          />
          <Segments<Theme>
            label={t.colours}
            value={theme}
            options={[
              ['system', t.system],
              ['light', t.light],
              ['dark', t.dark],
            ]}
            onChange={setTheme}
          />
          <Button kind="quiet" onPress={() => signOut.mutate()}>
            {t.signOut}
          </Button>
          <Button kind="quiet" onPress={onHelp}>
            {t.keys} <kbd>?</kbd>
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
