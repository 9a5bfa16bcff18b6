import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/fields.css'
import './styles/marks.css'
import './styles/print.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { makeQueryClient } from './api/queries'
import { makeRouter } from './routes'
import { PreferencesProvider } from './ui/preferences'

const RELOADED = 'wfm.reloaded'

// After an upgrade an open tab asks for parts that are gone; the new page has new names. Once: what is really missing must not loop.
addEventListener('vite:preloadError', event => {
  if (sessionStorage.getItem(RELOADED)) return
  sessionStorage.setItem(RELOADED, '1')
  event.preventDefault()
  location.reload()
})

const queries = makeQueryClient(() => {
  queries.clear()
  void router.navigate({ to: '/sign-in', search: { next: router.latestLocation.href } })
})
const router = makeRouter(queries)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <PreferencesProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </PreferencesProvider>
  </StrictMode>,
)
