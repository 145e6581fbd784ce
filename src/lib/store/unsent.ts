import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Database } from './database.ts';
import type { UnsentPlace, UnsentRow } from './unsent-row.ts';

/** So many days words that nobody goes on with are kept; a list of a class only until the end of the next one (CL19). */
const days = { words: 30, list: 1 };

/** So many of one person are kept; of more the oldest go. */
const most = 200;

/** Of one place so many signs are kept: far more than can be sent. */
const longest = 4000;

/** A list is kept whole or not at all: half a class would be taken for all of it. A whole school fits. */
const longestList = 200_000;

/** CO11: keeps the words as they stand now; empty: nothing. CL19: no list on a classroom tablet. */
export async function keepUnsent(db: Database, row: UnsentRow): Promise<void> {
  const { account, place, text } = row;
  await db.transaction('rw', db.unsent, db.device, async () => {
    const kept = isList(place) ? await listToKeep(db, text) : text.slice(0, longest);
    if (kept.trim() === '') return db.unsent.delete([account, place]);
    await db.unsent.put({ ...row, text: kept });
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
  const last = { words: plusDays(today, -days.words), list: plusDays(today, -days.list) };
  await db.unsent.filter(({ place, on }) => on < (isList(place) ? last.list : last.words)).delete();
}

async function listToKeep(db: Database, text: string): Promise<string> {
  const device = (await db.device.get('device'))?.enrolment;
  const isShared = device?.is === 'enrolled' && device.kind === 'classroom';
  return isShared || text.length > longestList ? '' : text;
}

function isList(place: UnsentPlace): boolean {
  return place.startsWith('class/');
}
