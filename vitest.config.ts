import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longestFirst.ts'

/** No server, no database, no browser: what such files leave behind them is nothing. */
const PURE = 'tests/{core,model,web,house}/**/*.test.ts'

export default defineConfig({
  // For the modules with runes in them.
  plugins: [svelte({ configFile: false })],
  test: {
    setupFiles: ['tests/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // By itself it would leave a core of two unused; most files wait for a server or a browser now and then.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      // One worker takes them all, and loads what they share once.
      { extends: true, test: { name: 'pure', include: [PURE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude: [PURE],
          globalSetup: 'tests/support/globalSetup.ts',
        },
      },
    ],
  },
})
