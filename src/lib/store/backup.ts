import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Database } from './database.ts';
import { leaving, type NewRow } from './outbox.ts';

/** How many changes of a file are new here, and how many are known already. */
export interface TakenIn {
  readonly added: number;
  readonly known: number;
}

/** BK1: whatever on this device the relay has not accepted: what waits, in its order, then what was refused. */
export async function unsent(db: Database): Promise<readonly SignedChange[]> {
  return db.transaction('rw', db.outbox, db.tray, async () => {
    const waiting = await leaving(db, await db.outbox.orderBy('seq').toArray());
    const refused = await db.tray.toArray();
    const open = waiting.filter(({ state }) => state.is !== 'accepted');
    return [...open, ...refused].map(({ signed }) => signed);
  });
}

/** BK2: puts into the outbox what is neither there, nor in the tray, nor has arrived; all or nothing. */
export async function takeIn(db: Database, rows: readonly NewRow[]): Promise<TakenIn> {
  return db.transaction('rw', db.outbox, db.tray, db.settled, async () => {
    const ids = rows.map(({ id }) => id);
    const here = new Set<string>([
      ...(await db.outbox.where('id').anyOf(ids).toArray()).map(({ id }) => id),
      ...(await db.tray.where('id').anyOf(ids).primaryKeys()),
      ...(await db.settled.where('id').anyOf(ids).primaryKeys())
    ]);
    const fresh = [...new Map(rows.map((row) => [row.id, row])).values()].filter(({ id }) => !here.has(id));
    const since = new Date().toISOString();
    await db.outbox.bulkAdd(fresh.map((row) => ({ ...row, since, state: { is: 'waiting' } as const })));
    return { added: fresh.length, known: rows.length - fresh.length };
  });
}
