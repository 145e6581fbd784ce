import { existsSync } from 'node:fs';

/** Debian's Chromium without a window around its pages: what a journey sees is the same, and it takes a quarter less work. */
export const headlessShell = '/usr/bin/chromium-headless-shell';

const whole = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];

/** The whole browser, as people have it; undefined: Playwright's own. Whoever sets CHROMIUM wants that one. */
export function wholeChromium() {
  return installed([process.env['CHROMIUM'], ...whole]);
}

/** What journeys run in; undefined: Playwright's own. */
export function journeyChromium() {
  return installed([process.env['CHROMIUM'], headlessShell, ...whole]);
}

/** Debian's Firefox. */
export const firefox = '/usr/bin/firefox-esr';

/** A window of WebKitGTK, and what it is driven by. */
export const miniBrowsers = ['x86_64', 'aarch64'].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`
);
export const webKitDriver = '/usr/bin/WebKitWebDriver';
export const virtualScreen = '/usr/bin/Xvfb';

/**
 * The engines in which the journeys of `test/engines` can run here.
 *
 * @returns {readonly ('chromium' | 'firefox' | 'webkit')[]}
 */
export function enginesHere() {
  const webKit = [webKitDriver, virtualScreen].every((path) => existsSync(path));
  return [
    /** @type {const} */ ('chromium'),
    ...(existsSync(firefox) ? [/** @type {const} */ ('firefox')] : []),
    ...(webKit && installed(miniBrowsers) ? [/** @type {const} */ ('webkit')] : [])
  ];
}

/** @param {readonly (string | undefined)[]} paths */
export function installed(paths) {
  return paths.find((path) => path !== undefined && existsSync(path));
}
