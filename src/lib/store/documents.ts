import type { Database } from './database.ts';

/** So many updates on top of a document are merged into it when it is loaded. */
const mergeFrom = 20;

/** What merges Yjs V1 updates; handed in, so that screens without documents load no Yjs. */
export type Merge = (updates: Uint8Array[]) => Uint8Array;

/** The document of a room as one update; undefined when this device has nothing of it yet. */
export async function loadDocument(
  db: Database,
  room: string,
  merge: Merge
): Promise<Uint8Array | undefined> {
  return db.transaction('rw', db.documents, db.updates, async () => {
    const base = await db.documents.get(room);
    const rows = await db.updates.where('room').equals(room).toArray();
    const parts = [...(base ? [base.update] : []), ...rows.map((row) => row.update)];
    const [only] = parts;
    if (!only || parts.length === 1) return only;
    const update = merge(parts);
    if (rows.length >= mergeFrom) {
      await db.documents.put({ room, update });
      await db.updates.bulkDelete(rows.map((row) => row.seq));
    }
    return update;
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

/** Forgets a document: an old generation, or one that this device may not read any more. */
export async function dropDocument(db: Database, room: string): Promise<void> {
  await db.transaction('rw', db.documents, db.updates, async () => {
    await db.documents.delete(room);
    await db.updates.where('room').equals(room).delete();
  });
}
