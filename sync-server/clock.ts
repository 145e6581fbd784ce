import type { CalendarDate } from '#lib/domain/dates.ts';

/** The relay's own clock; handed in, so that tests turn it. What a tablet says of time is never believed (GA12). */
export interface Clock {
  /** The receipt date, in UTC. */
  today(): CalendarDate;
  /** Milliseconds from some point on, never going back: for delays and rates. */
  now(): number;
  /** Milliseconds since 1970: for what lives minutes and outlives the process (offers, TB3), and for nothing else. */
  instant(): number;
}

/** The clock of the machine. */
export const machineClock: Clock = {
  today: () => new Date().toISOString().slice(0, 10) as CalendarDate,
  now: () => performance.now(),
  instant: () => Date.now()
};
