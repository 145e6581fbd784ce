import { convention } from '#lib/ui/locale.svelte.ts';

const made = new Map<string, Intl.DateTimeFormat | Intl.Collator | Intl.NumberFormat | Intl.ListFormat>();

function once<T extends Intl.DateTimeFormat | Intl.Collator | Intl.NumberFormat | Intl.ListFormat>(
  name: string,
  make: (tag: string) => T
): T {
  const tag = convention();
  const found = made.get(tag + name);
  if (found) return found as T;
  const fresh = make(tag);
  made.set(tag + name, fresh);
  return fresh;
}

/** A calendar date (`2026-11-23`) as people write it: "23 nov 2026". What is no date is given back as it came. */
export function formatDate(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  if (!parts) return date;
  // A calendar date has no time zone: it is read and written in the same one, so that it never slips by a day.
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return once(
    'date',
    (tag) =>
      new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  ).format(at);
}

/** The day of a moment on this device's calendar, without the year: "23 nov". */
export function formatDay(moment: Date): string {
  return once('day', (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' })).format(
    moment
  );
}

/** The time of a moment on this device's clock, 24 hours: "10:12". */
export function formatTime(moment: Date): string {
  return once('time', (tag) => new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' })).format(
    moment
  );
}

/** A count as people write it: "10.000" or "10,000". */
export function formatCount(count: number): string {
  return once('count', (tag) => new Intl.NumberFormat(tag)).format(count);
}

/** An amount of storage, from megabytes, as people write it: "120 kB", "850 MB", "10,5 GB". */
export function formatSize(megabytes: number): string {
  const [unit, amount] =
    megabytes >= 1_000
      ? (['gigabyte', megabytes / 1_000] as const)
      : megabytes >= 1 || megabytes <= 0
        ? (['megabyte', Math.round(megabytes)] as const)
        : (['kilobyte', Math.ceil(megabytes * 1_000)] as const);
  const told = once(
    unit,
    (tag) =>
      new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 })
  ).format(amount);
  // Some languages part them by a space at which a line may end.
  return told.replaceAll(' ', '\u00a0');
}

/** Orders names as the language of the screens does: accents and case come last, numbers by their value. */
export function compareNames(a: string, b: string): number {
  return once('names', (tag) => new Intl.Collator(tag, { numeric: true, sensitivity: 'variant' })).compare(
    a,
    b
  );
}

/** A moment on this device's clock (ISO date and time): "10:12" today, "22 nov, 10:12" on another day. */
export function formatMoment(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const time = formatTime(moment);
  return moment.toDateString() === new Date().toDateString() ? time : `${formatDay(moment)}, ${time}`;
}

/**
 * A moment of some day to come, with its year: "1 jul 2027, 2:00".
 *
 * @param timeZone this device's own where none is said
 */
export function formatDayAndTime(moment: number, timeZone?: string): string {
  const form = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit'
  } as const;
  return once(
    `day and time ${timeZone ?? ''}`,
    (tag) => new Intl.DateTimeFormat(tag, { ...form, ...(timeZone === undefined ? {} : { timeZone }) })
  ).format(moment);
}

/** Several things as people say them: "a, b y c". */
export function formatList(of: readonly string[]): string {
  return once('list', (tag) => new Intl.ListFormat(tag, { type: 'conjunction' })).format(of);
}
