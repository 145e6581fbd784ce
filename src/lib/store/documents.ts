import { pageDocumentsBegin } from '#lib/domain/pages.ts';
import type { Database, HeldPageRow, PageWriter } from './database.ts';

/** A document with more updates than this on top of it is put together into one. */
export const mostUpdates = 20;

/** What this device has of a document: updates to be applied one after the other. */
export interface StoredDocument {
  readonly updates: readonly Uint8Array[];
  /** The newest of them; what comes later is not in them. */
  readonly upTo: number;
}

/** The document of a room as it is stored; no updates when this device has nothing of it yet. */
export async function loadDocument(db: Database, room: string): Promise<StoredDocument> {
  return db.transaction('r', db.documents, db.updates, async () => {
    const base = await db.documents.get(room);
    const rows = await db.updates.where('room').equals(room).toArray();
    const updates = [...(base ? [base.update] : []), ...rows.map((row) => row.update)];
    return { updates, upTo: rows.at(-1)?.seq ?? 0 };
  });
}

/** Puts what was loaded together into one update. What came since stays as it is. */
export async function compactDocument(
  db: Database,
  room: string,
  update: Uint8Array,
  upTo: number
): Promise<void> {
  await db.transaction('rw', db.documents, db.updates, async () => {
    await db.documents.put({ room, update });
    await db.updates
      .where('room')
      .equals(room)
      .filter((row) => row.seq <= upTo)
      .delete();
  });
}

/** Keeps what came over the socket. */
export async function keepUpdate(db: Database, room: string, update: Uint8Array): Promise<void> {
  await db.updates.add({ room, update });
}

/** The rooms of which this device has anything. */
export async function heldRooms(db: Database): Promise<readonly string[]> {
  const rooms = [
    ...(await db.documents.toCollection().primaryKeys()),
    ...(await db.updates.orderBy('room').uniqueKeys())
  ];
  return [...new Set(rooms.map(String))];
}

/** The same without those of pages, which may be hundreds: these are not even looked at. */
export async function heldRecordsRooms(db: Database): Promise<readonly string[]> {
  const [first, last] = [pageDocumentsBegin, `${pageDocumentsBegin}\uffff`];
  const documents = [db.documents.where('room').below(first), db.documents.where('room').above(last)];
  const updates = [db.updates.where('room').below(first), db.updates.where('room').above(last)];
  const rooms = await Promise.all([
    ...documents.map((some) => some.primaryKeys()),
    ...updates.map((some) => some.uniqueKeys())
  ]);
  return [...new Set(rooms.flat().map(String))];
}

/** WR4: notes how far the text of a page has come here; whose it is stays known. */
export async function holdPage(db: Database, { room, moved }: Omit<HeldPageRow, 'writers'>): Promise<void> {
  await db.transaction('rw', db.heldPages, async () => {
    await db.heldPages.put({ ...(await db.heldPages.get(room)), room, moved });
  });
}

/** PG11: notes under which clientID somebody has written here in a page that is here. */
export async function noteWriter(db: Database, room: string, writer: PageWriter): Promise<void> {
  await db.transaction('rw', db.heldPages, async () => {
    const { writers = [] } = (await db.heldPages.get(room)) ?? {};
    if (writers.some(({ client }) => client === writer.client)) return;
    await db.heldPages.update(room, { writers: [...writers, writer] });
  });
}

/** Forgets a document: an old generation, or one that this device may not read any more. */
export async function dropDocument(db: Database, room: string): Promise<void> {
  await db.transaction('rw', db.documents, db.updates, db.heldPages, async () => {
    await db.documents.delete(room);
    await db.heldPages.delete(room);
    await db.updates.where('room').equals(room).delete();
  });
}

/** SI13: forgets every document but those of these rooms. */
export async function keepOnly(db: Database, rooms: readonly string[]): Promise<void> {
  for (const room of await heldRooms(db)) if (!rooms.includes(room)) await dropDocument(db, room);
}
