import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // For the modules with runes in them.
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/support/seed.ts'],
    globalSetup: 'tests/support/globalSetup.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
