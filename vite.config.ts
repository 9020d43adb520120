import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:8080'

export default defineConfig({
  root: 'web',
  plugins: [svelte()],
  resolve: {
    // Of the client's transports a page uses one, and a wall should not load the others.
    alias: [{ find: './transports/index.js', replacement: path.resolve('web/live/transports.ts') }],
  },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Tells what a page loads, for weighing it.
    manifest: true,
    // What two pages share comes in one piece: many small ones weigh more.
    rolldownOptions: {
      // The other transports would stay for what they do when loaded, which is only for themselves.
      treeshake: { moduleSideEffects: [{ test: /engine\.io-client.*polling/, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            // Of the wall too.
            {
              name: 'shared',
              minShareCount: 2,
              test: /web\/(?!charts|lead|page|door|modes\/(Fields|texts)|i18n\/(LanguageSwitch|pageTexts))|socket|engine/,
            },
            { name: 'pages', minShareCount: 2, test: /web\/(lead|page|i18n\/(LanguageSwitch|pageTexts))/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/socket.io': { target: server, ws: true } } },
})
