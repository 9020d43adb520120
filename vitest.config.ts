import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longestFirst.ts'

/** No server, no database, no browser: these need nothing that a run shares. */
const PURE = 'tests/{core,model,web,house}/**/*.test.ts'

export default defineConfig({
  // For the modules with runes in them.
  plugins: [svelte({ configFile: false })],
  test: {
    setupFiles: ['tests/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than two cores: most files wait for a server or a browser now and then.
    maxWorkers: 3,
    // What files share is loaded once a worker: no file leaves anything behind, each makes its own of what it changes.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'pure', include: [PURE] } },
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
