import { getLocale } from '#lib/paraglide/runtime.js';

/** Minutes and seconds, as people write how long something takes: `0:40`. */
export function durationWords(seconds: number): string {
  const two = new Intl.NumberFormat(getLocale(), { minimumIntegerDigits: 2 });
  const one = new Intl.NumberFormat(getLocale());
  return `${one.format(Math.floor(seconds / 60))}:${two.format(Math.floor(seconds % 60))}`;
}
