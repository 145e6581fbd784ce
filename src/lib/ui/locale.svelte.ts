import {
  baseLocale,
  isLocale,
  locales,
  overwriteGetLocale,
  overwriteSetLocale,
  type Locale
} from '#lib/paraglide/runtime.js';

export type { Locale };

/** The languages of the screens, in the order in which they are offered. */
export const languages: readonly Locale[] = locales;

/** Where this device remembers the language of its screens between people. */
const key = 'twinspace.locale';

/** What each language writes dates and times like: 23 nov 2026, 23 Nov 2026, never 11/23. */
const conventions: Readonly<Record<Locale, string>> = { es: 'es-ES', en: 'en-GB' };

class ShownLocale {
  current = $state<Locale>(atFirst());
}

// The language belongs to the device until somebody signs in who chose another: it is no secret of a person,
// so it may live as long as the page does.
const shown = new ShownLocale();
overwriteGetLocale(() => shown.current);
overwriteSetLocale((next) => setLocale(next));
if (typeof document !== 'undefined') document.documentElement.lang = shown.current;

/** The language that the screens speak now. Reactive: what reads it in a template is drawn again. */
export function locale(): Locale {
  return shown.current;
}

/** Makes the screens speak another language at once, without a reload, and remembers it on this device. */
export function setLocale(next: Locale): void {
  shown.current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage is closed to us (private window, policy): the language holds until the page is closed.
  }
}

/** The locale with its conventions for Intl, e.g. "es-ES". Reactive. */
export function convention(): string {
  return conventions[shown.current];
}

function atFirst(): Locale {
  if (typeof navigator === 'undefined') return baseLocale;
  try {
    const kept = localStorage.getItem(key);
    if (isLocale(kept)) return kept;
  } catch {
    // As above: nothing is kept, the browser's own languages decide.
  }
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag): tag is Locale => isLocale(tag)) ?? baseLocale;
}
