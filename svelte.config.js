import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { sealed } from './sync-server/ops/seal-shell.mjs';
import { sourcesHash } from './sync-server/ops/sources-hash.mjs';

const { version: released } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // One page for every route: the app is drawn on the tablet, from the tablet's own store.
    adapter: sealed(
      adapter({ pages: 'build', assets: 'build', fallback: 'index.html', strict: true }),
      'build'
    ),
    // Identical sources give an identical build, and a changed one a new version (update prompt); behind the plus stands
    // what it was built from (semver.org, build metadata).
    version: { name: `${released}+${sourcesHash()}`, pollInterval: 0 },
    // Registered by src/lib/pwa with workbox-window, which also knows how to update.
    serviceWorker: { register: false },
    // The relay sends the policy; the hash of Kit's inline start script is read from the built page.
    csp: { mode: 'hash', directives: { 'script-src': ['self'] } },
    alias: { '#lib': 'src/lib' }
  }
};
