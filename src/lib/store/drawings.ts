import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, PageId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';

/** So many days a drawing that nobody goes on with is kept. */
const days = 30;

/** MK9: a drawing that somebody has begun for a page and has neither put into it nor given up. */
export interface DrawingRow {
  readonly account: AccountId;
  readonly page: PageId;
  /** The drawing as JSON. */
  readonly text: string;
  readonly on: CalendarDate;
}

/** MK9: throws away what was begun longer ago. */
export async function sweepDrawings(db: Database, today: CalendarDate): Promise<void> {
  const last = plusDays(today, -days);
  await db.drawings.filter(({ on }) => on < last).delete();
}
