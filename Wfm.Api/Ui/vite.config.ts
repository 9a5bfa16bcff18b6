import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Writes FILE.br beside every file that compresses, so that the server never does it per request. */
const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir }) {
    for (const name of readdirSync(dir!, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue
      const text = readFileSync(join(dir!, name))
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
      writeFileSync(join(dir!, `${name}.br`), brotliCompressSync(text, { params }))
    }
  },
}

/** `npm run dev` hands calls on to a server that runs: WFM_SERVER its address, WFM_KEY a key to sign in with. */
const server = process.env.WFM_SERVER ?? 'http://127.0.0.1:5080'
const key = process.env.WFM_KEY

export default defineConfig({
  base: '/console/',
  plugins: [react(), precompress],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // those that know light-dark()
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700, // kB before compression; what counts is the budget of compressed bytes (bundle.test.ts)
    assetsInlineLimit: 0, // the content security policy allows no data: fonts
    rolldownOptions: {
      checks: { bundlerTimings: false }, // packing takes its time
      output: { codeSplitting: { groups: [{ name: 'vendor', test: /node_modules/ }] } },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5180,
    proxy: { '/api': { target: server, headers: key ? { 'X-Api-Key': key } : {} } },
  },
})
