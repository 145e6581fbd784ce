import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import journeys from './playwright.config.ts';

const { launchOptions = {} } = journeys.use ?? {};

/** What the screens ask of Kit, whose router has no place in a test of one of them. */
const kit = (file: string): string =>
  fileURLToPath(new URL(`test/browser/support/kit/${file}`, import.meta.url));

/**
 * All messages as one module. Compiled they are two thousand modules, so that the build puts each where it is needed; a
 * browser without a build asks for every one, in every file of tests.
 */
const messagesInOne: Plugin = {
  name: 'messages-in-one',
  load: {
    filter: { id: /\/paraglide\/messages\/_index\.js$/ },
    handler(id) {
      const each = [...readFileSync(id, 'utf8').matchAll(/^export \* from '(.+)'$/gm)].map(([, file = '']) =>
        readFileSync(join(dirname(id), file), 'utf8')
      );
      const imports = new Set(each.flatMap((text) => text.match(/^import .*$/gm) ?? []));
      return [...imports, ...each.map((text) => text.replace(/^import .*$/gm, ''))].join('\n');
    }
  }
};

export default defineConfig({
  test: {
    projects: [
      {
        // No plugins: these tests run what Node itself runs (facts: with the app's plugins Vitest sometimes hung).
        test: {
          name: 'node',
          // A file in a thread takes two thirds of what it takes in a process.
          pool: 'threads',
          // Modules are loaded once for the files of a thread, which takes a quarter of the time away: nothing in them keeps a
          // state of its own, and what a test put in the place of something ends with it.
          isolate: false,
          restoreMocks: true,
          unstubGlobals: true,
          environment: 'node',
          include: ['test/{unit,property,relay,attacks,architecture}/**/*.test.ts'],
          // Limits, not waits: nothing here may depend on how fast the machine is.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } }
        }
      },
      {
        plugins: [svelte(), messagesInOne],
        // All that a component may need is made ready before the first one is drawn: nothing loads anew in the middle of a test.
        resolve: {
          alias: {
            '$app/environment': kit('environment.ts'),
            '$app/navigation': kit('navigation.ts'),
            '$app/state': kit('state.svelte.ts')
          }
        },
        optimizeDeps: {
          entries: [
            'src/{lib,routes}/**/*.{svelte,ts}',
            'test/browser/**/*.{svelte,ts}',
            'test/support/cast.ts'
          ],
          include: ['vitest-browser-svelte', 'axe-core']
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          setupFiles: ['test/browser/support/page.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // As journeys name things: a part of the name is enough.
            locators: { exact: false },
            provider: playwright({
              launchOptions,
              contextOptions: { locale: 'es-ES', reducedMotion: 'reduce' }
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1180, height: 820 } }]
          }
        }
      }
    ],
    maxWorkers: 2
  }
});
