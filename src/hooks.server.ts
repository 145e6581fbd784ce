import type { Handle } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { locales } from '#lib/paraglide/runtime.js';
import { oldestBrowsers } from '#lib/pwa/oldest-browsers.ts';

/** What is said where no script of the app runs: in every language, since nothing can choose one there. */
const said: Readonly<Record<string, (locale: (typeof locales)[number]) => string>> = {
  '%too-old%': (locale) => m.before_too_old(oldestBrowsers, { locale }),
  '%no-start%': (locale) => m.before_no_start({}, { locale }),
  '%try-again%': (locale) => m.retry({}, { locale }),
  '%no-script%': (locale) => m.before_no_script({}, { locale })
};

/** Runs at build time alone, when the one page is written: puts the messages into it (BR5). */
export const handle: Handle = ({ event, resolve }) =>
  resolve(event, {
    transformPageChunk: ({ html }) =>
      Object.entries(said).reduce((page, [place, words]) => page.replace(place, inEach(words)), html)
  });

function inEach(words: (locale: (typeof locales)[number]) => string): string {
  return locales.map((locale) => `<span lang="${locale}">${words(locale)}</span>`).join(' ');
}
