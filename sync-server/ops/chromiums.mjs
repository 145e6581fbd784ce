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

/** @param {readonly (string | undefined)[]} paths */
function installed(paths) {
  return paths.find((path) => path !== undefined && existsSync(path));
}
