import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { dir: 'e2e', include: ['**/*.spec.ts'], testTimeout: 90_000, hookTimeout: 60_000, fileParallelism: false, bail: 0 },
})
