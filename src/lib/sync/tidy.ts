import * as Y from 'yjs';
import { isRecordsRoom } from '#lib/protocol/rooms.ts';
import type { Database } from '#lib/store/database.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { dropFetched } from '#lib/store/media-files.ts';
import { compactDocument, dropDocument, heldRooms, loadDocument } from '#lib/store/documents.ts';

/**
 * BK3: makes room: media that the relay has, too, what has arrived longest ago, documents that nobody here follows, and what documents have piled up.
 * Never anything that waits, was refused, or lies here as a draft.
 *
 * @param rooms those that this device follows
 */
export async function tidy(db: Database, rooms: readonly string[]): Promise<void> {
  await dropFetched(db);
  await db.settled.clear();
  for (const room of await heldRooms(db)) {
    const page = !isRecordsRoom(room);
    if (!page && !rooms.includes(room)) {
      await dropDocument(db, room);
      continue;
    }
    const { updates, upTo } = await loadDocument(db, room);
    if (updates.length < 2) continue;
    const doc = page ? pageDocument() : new Y.Doc({ gc: true });
    for (const update of updates) Y.applyUpdate(doc, update);
    await compactDocument(db, room, Y.encodeStateAsUpdate(doc), upTo);
    doc.destroy();
  }
}
