import type { Database, OutboxRow } from './database.ts';
import { pagesTyped } from './writings.ts';

/** What a change in the outbox is until the relay has accepted it. */
const open = ['waiting', 'retry'] as const satisfies readonly OutboxRow['state']['is'][];

/**
 * What lies on this device and has not reached the relay, whoever made it: changes, and what was typed and not signed (WR1).
 * It waits for Dexie alone: what waits for an async function in one within a transaction is lost to its live queries.
 */
export async function waitingCount(db: Database): Promise<number> {
  let count = pagesTyped(await db.writings.toArray());
  for (const rows of waitingRows(db)) count += await rows.count();
  return count;
}

/** How many changes in the outbox the relay has not accepted. */
export async function changesWaiting(db: Database): Promise<number> {
  let count = 0;
  for (const rows of waitingRows(db)) count += await rows.count();
  return count;
}

/** The newest change that the relay has not accepted, by its place. */
export async function lastWaiting(db: Database): Promise<number | undefined> {
  let last: number | undefined;
  for (const rows of waitingRows(db)) {
    const [seq] = await rows.reverse().limit(1).primaryKeys();
    if (seq !== undefined && (last === undefined || seq > last)) last = seq;
  }
  return last;
}

/**
 * The oldest changes that the relay has not accepted, in order.
 *
 * @param most at most so many
 */
export async function firstWaiting(db: Database, most: number): Promise<readonly OutboxRow[]> {
  const first: OutboxRow[] = [];
  for (const rows of waitingRows(db)) first.push(...(await rows.limit(most).toArray()));
  return first.sort((one, other) => one.seq - other.seq).slice(0, most);
}

/** What waits, state by state, each in order: a question of one state is answered by the index alone. */
function waitingRows(db: Database) {
  return open.map((is) => db.outbox.where('state.is').equals(is));
}
