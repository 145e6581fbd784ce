import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';

/** Days before the end of a lease on which the screens say so. */
const soonDays = 5;

/** SE4: the last day on which sealed keys open here without a contact with the relay. */
export interface LeaseEnd {
  readonly day: CalendarDate;
  /** Within five days, or past. */
  readonly soon: boolean;
  readonly over: boolean;
}

export function leaseEnds(day: CalendarDate, today: CalendarDate): LeaseEnd {
  return { day, soon: day <= plusDays(today, soonDays), over: day < today };
}
