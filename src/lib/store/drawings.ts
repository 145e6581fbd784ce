import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { Database } from './database.ts';

/** So many days a drawing that nobody goes on with is kept. */
const days = 30;

/** MK9: throws away what was begun longer ago. */
export async function sweepDrawings(db: Database, today: CalendarDate): Promise<void> {
  const last = plusDays(today, -days);
  await db.drawings.filter(({ on }) => on < last).delete();
}
