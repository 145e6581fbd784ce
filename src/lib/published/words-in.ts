import { locales, type Locale } from '#lib/paraglide/runtime.js';

/** A message about nothing in particular, as paraglide makes one. */
type Say = (about: Record<string, never>, options: { readonly locale: Locale }) => string;

/** These messages in one language, each under its name. */
export function wordsIn<Name extends string>(
  says: Readonly<Record<Name, Say>>,
  locale: Locale
): Readonly<Record<Name, string>> {
  const entries = Object.entries<Say>(says).map(([name, say]) => [name, say({}, { locale })]);
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** A day (`YYYY-MM-DD`) in words. */
export function dayIn(locale: Locale): (day: string) => string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return (day) => format.format(new Date(day));
}

/** The first of these languages (BCP 47) that there is; else the first there is. */
export function localeOf(wanted: readonly string[]): Locale {
  const tags = wanted.map((tag) => tag.toLowerCase().split('-')[0]);
  return tags.flatMap((tag) => locales.filter((one) => one === tag))[0] ?? locales[0];
}
