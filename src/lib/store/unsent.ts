import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';
import type { UnsentPlace, UnsentRow } from './unsent-row.ts';

/** So many days words that nobody goes on with are kept. */
const days = 30;

/** So many of one person are kept; of more the oldest go. */
const most = 200;

/** Of one place so many signs are kept: far more than can be sent. */
const longest = 4000;

/** CO11: keeps the words as they stand now; empty: nothing. */
export async function keepUnsent(db: Database, row: UnsentRow): Promise<void> {
  const { account, place, text } = row;
  await db.transaction('rw', db.unsent, async () => {
    if (text.trim() === '') return db.unsent.delete([account, place]);
    await db.unsent.put({ ...row, text: text.slice(0, longest) });
    // At each keystroke: only who has too many has them looked through.
    const theirs = db.unsent.where('account').equals(account);
    if ((await theirs.count()) <= most) return;
    const all = await theirs.toArray();
    const old = all
      .filter((one) => one.place !== place)
      .sort((one, other) => other.on.localeCompare(one.on))
      .slice(most - 1);
    await db.unsent.bulkDelete(old.map((one): [AccountId, UnsentPlace] => [one.account, one.place]));
  });
}

/** CO11: throws away what was begun longer ago. */
export async function sweepUnsent(db: Database, today: CalendarDate): Promise<void> {
  const last = plusDays(today, -days);
  await db.unsent.filter(({ on }) => on < last).delete();
}
