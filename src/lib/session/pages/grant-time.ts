import type { CalendarDate } from '#lib/domain/dates.ts';
import { clockDay } from '#lib/store/device.ts';

/** Until when a page is given (PA11): until it is taken back, until a lesson ends, or until the end of a day. */
export type GivenUntil = 'withdrawn' | 'lesson' | CalendarDate;

/** Minutes of a lesson where none is open on this device. */
const lesson = 60;

/**
 * The moment at which a permission ends, in milliseconds since 1970; undefined: when it is taken back.
 *
 * @param openUntil when the lesson ends that is open on this device
 */
export function momentOf(until: GivenUntil, openUntil: number | undefined): number | undefined {
  if (until === 'withdrawn') return undefined;
  if (until === 'lesson') return openUntil ?? Date.now() + lesson * 60_000;
  return endOf(until);
}

/** The same as it is read: what ends before its day does ends with a lesson. */
export function untilOf(moment: number | undefined): GivenUntil {
  if (moment === undefined) return 'withdrawn';
  const day = clockDay(() => new Date(moment));
  return moment === endOf(day) ? day : 'lesson';
}

function endOf(day: CalendarDate): number {
  return new Date(`${day}T23:59:59.999`).getTime();
}
