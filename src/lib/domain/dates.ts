declare const brand: unique symbol;

/** A day of the proleptic Gregorian calendar, `YYYY-MM-DD`; sorts as text. Never a time of day (guide row G8). */
export type CalendarDate = string & { readonly [brand]: 'calendar-date' };

const form = /^\d{4}-\d{2}-\d{2}$/;

/** Says whether the text names a day that exists (2026-02-30 does not). */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!form.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

/** The day so many days after (or, negative, before) the given one. */
export function plusDays(date: CalendarDate, days: number): CalendarDate {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10) as CalendarDate;
}

/** The day of a moment, in UTC; milliseconds since 1970. */
export function dayOf(moment: number): CalendarDate {
  return new Date(moment).toISOString().slice(0, 10) as CalendarDate;
}

/** When a day is over, in UTC; milliseconds since 1970. */
export function endOf(date: CalendarDate): number {
  return Date.parse(`${plusDays(date, 1)}T00:00:00Z`);
}

/** The earlier of two days. */
export function earlier(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a < b ? a : b;
}

/** How many days after the first the second is; negative where it is before. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
