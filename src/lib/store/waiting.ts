import type { Database } from './database.ts';
import { pagesTyped } from './writings.ts';

/**
 * What lies on this device and has not reached the relay, whoever made it: changes, and what was typed and not signed (WR1).
 * It waits for Dexie alone: what waits for an async function in one within a transaction is lost to its live queries.
 */
export async function waitingCount(db: Database): Promise<number> {
  const changes = await db.outbox.filter(({ state }) => state.is !== 'accepted').count();
  return changes + pagesTyped(await db.writings.toArray());
}
