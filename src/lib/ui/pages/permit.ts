import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Grantee } from '#lib/domain/records.ts';

/** Until when a page is given: until somebody takes it back, the end of the lesson, or the end of a day. */
export type Until = 'withdrawn' | 'lesson' | CalendarDate;

/** Who may write in a page, as it is shown. */
export interface ShownGrant {
  readonly to: Grantee;
  /** Who gave it, by name. */
  readonly by: string;
  readonly until: Until;
  /** Why this person cannot take it back. */
  readonly reason?: string | undefined;
}
