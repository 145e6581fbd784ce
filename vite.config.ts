import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { oldestBrowsers } from './src/lib/pwa/oldest-browsers.ts';
import { pieces } from './sync-server/ops/pieces.mjs';

export default defineConfig({
  plugins: [sveltekit(), pieces()],
  resolve: {
    // Dexie's package leads bundlers to its ES5 build, a third larger than the modern one beside it.
    alias: [
      {
        find: /^dexie$/,
        replacement: fileURLToPath(new URL('./node_modules/dexie/dist/modern/dexie.mjs', import.meta.url))
      }
    ]
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Colours for day and evening (`light-dark()`) and nested rules are written as these read them.
    cssTarget: Object.entries(oldestBrowsers).map(([name, version]) => name + version)
  }
});
