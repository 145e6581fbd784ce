import type { Database } from './database.ts';
import { unsignedCount } from './writings.ts';

/** What lies on this device and has not reached the relay, whoever made it: changes, and what was typed and not signed (WR1). */
export async function waitingCount(db: Database): Promise<number> {
  return (await db.outbox.filter(({ state }) => state.is !== 'accepted').count()) + (await unsignedCount(db));
}
