import type { ChangeId } from '#lib/domain/ids.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Database } from './database.ts';
import { hasWhole } from './media-files.ts';
import type { MediaFileRow } from './media-rows.ts';
import { leaving, type NewRow } from './outbox.ts';

/** What the relay has not taken of what lies on this device. */
export interface Unsent {
  /** What waits, in its order, then what was refused. */
  readonly changes: readonly SignedChange[];
  /** Files of media that are here whole, small ones first. */
  readonly files: readonly MediaFileRow[];
}

/** How many changes of a file are new here, and how many are known already. */
export interface TakenIn {
  readonly added: number;
  readonly known: number;
}

/** A file of media whose pieces lie here. */
export type BroughtFile = Omit<MediaFileRow, 'state'>;

/** BK1, BK4: whatever on this device the relay has not accepted, whoever made it. */
export async function unsent(db: Database): Promise<Unsent> {
  return db.transaction('rw', [db.outbox, db.tray, db.mediaFiles, db.pieces], async () => {
    const waiting = await leaving(db, await db.outbox.orderBy('seq').toArray());
    const refused = await db.tray.toArray();
    const open = waiting.filter(({ state }) => state.is !== 'accepted');
    const files: MediaFileRow[] = [];
    for (const row of await db.mediaFiles.where('state').equals('waits').sortBy('bytes'))
      if (await hasWhole(db, row)) files.push(row);
    return { changes: [...open, ...refused].map(({ signed }) => signed), files };
  });
}

/**
 * BK2, BK5: puts into the outbox what is neither there, nor in the tray, nor has arrived, and names the files whose pieces
 * were written before; all or nothing. A file waits for the change that announces it for as long as the relay has not
 * accepted that one.
 */
export async function takeIn(
  db: Database,
  rows: readonly NewRow[],
  files: readonly BroughtFile[] = []
): Promise<TakenIn> {
  return db.transaction('rw', db.outbox, db.tray, db.settled, db.mediaFiles, async () => {
    const ids = rows.map(({ id }) => id);
    const inOutbox = await db.outbox.where('id').anyOf(ids).toArray();
    const refused = await db.tray.where('id').anyOf(ids).primaryKeys();
    const arrived = await db.settled.where('id').anyOf(ids).primaryKeys();
    const here = new Set<string>([...inOutbox.map(({ id }) => id), ...refused, ...arrived]);
    const fresh = [...new Map(rows.map((row) => [row.id, row])).values()].filter(({ id }) => !here.has(id));
    const since = new Date().toISOString();
    await db.outbox.bulkAdd(fresh.map((row) => ({ ...row, since, state: { is: 'waiting' } as const })));
    const open = inOutbox.filter(({ state }) => state.is !== 'accepted');
    const awaited = new Set<ChangeId>([...[...fresh, ...open].map(({ id }) => id), ...refused]);
    for (const { change, ...file } of files) {
      const there = await db.mediaFiles.get(file.id);
      if (there?.state === 'here' || there?.state === 'comes') continue;
      const waitsFor = change !== undefined && awaited.has(change) ? { change } : {};
      await db.mediaFiles.put({ ...file, ...waitsFor, state: 'waits' });
    }
    return { added: fresh.length, known: rows.length - fresh.length };
  });
}
