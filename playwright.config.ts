import { defineConfig } from '@playwright/test';
import { enginesHere, journeyChromium } from './sync-server/ops/browsers.mjs';
import type { EngineOptions } from './test/engines/support/test.ts';

/**
 * What no page sees and every new window pays for. Of several `--disable-features` the last one counts, so those of
 * Playwright's own list that concern us stand here, too.
 */
const withoutFeatures = [
  // The address bar's list is a web page of its own: more than a second of work for each window.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'SpareRendererForSitePerProcess',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'Translate'
];
const chromium = journeyChromium();
// What service workers ask for is nobody's concern here, and to be told of each file took a third of what storing the app takes.
process.env['PLAYWRIGHT_DISABLE_SERVICE_WORKER_NETWORK'] = '1';

export default defineConfig<object, EngineOptions>({
  projects: [
    { name: 'journeys', testDir: 'test/journeys' },
    // What must hold in each of them alike: written once, over the verbs that all know.
    ...enginesHere().map((engineName) => ({
      name: engineName,
      testDir: 'test/engines',
      // In Chromium these are journeys' (`class.spec.ts`, `media.spec.ts`, `pages.spec.ts`), with more in them.
      testIgnore:
        engineName === 'chromium' ? ['**/class.spec.ts', '**/media.spec.ts', '**/pages.spec.ts'] : [],
      use: { engineName }
    }))
  ],
  outputDir: 'test/.results/journeys',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Limits, not waits: on a machine that does other work, too, everything takes longer and nothing becomes wrong.
  timeout: 360_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: 'test/.results/journeys.json' }]],
  use: {
    browserName: 'chromium',
    // A step that is not possible says so at once, with the screen as it was.
    actionTimeout: 60_000,
    locale: 'es-ES',
    // Nothing is looked at while it moves.
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1180, height: 820 },
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // Nothing is drawn on a screen: a process less.
        '--in-process-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A camera that sees a test picture and a microphone that hears a beep, for which nobody is asked.
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        // A process less, and what every request takes to pass from one to the other.
        '--enable-features=NetworkServiceInProcess2',
        `--disable-features=${withoutFeatures.join(',')}`
      ]
    }
  }
});
