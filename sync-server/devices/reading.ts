import { isSpaceDocument, mayRead } from '#lib/domain/may-read.ts';
import { pageGeneration } from '#lib/domain/pages.ts';
import type { Room } from '#lib/protocol/rooms.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { readerOf } from './let-in.ts';

/** Why a device may not read a room: over a socket a close code, over HTTP an error says so. */
export type Unreadable = 'unknown-room' | 'may-not-read' | 'other-generation';

/** RM1, NW10: whether this device may read this room now, for sockets and for HTTP alike; undefined: it may. */
export async function whyUnreadable(
  truth: Truth,
  device: StoredDevice,
  room: Room
): Promise<Unreadable | undefined> {
  return whyNot(truth, await readerOf(truth, device), room);
}

/** @param reader the device as it reads */
export async function whyNot(
  truth: Truth,
  reader: StoredDevice,
  room: Room
): Promise<Unreadable | undefined> {
  const space = await truth.space(room.space);
  if (!space) return 'unknown-room';
  const directory = await truth.directory();
  if (!mayRead(space.state, directory, reader, room.document)) return 'may-not-read';
  const { document } = room;
  const generation = isSpaceDocument(document) ? space.document(document).generation : pageGeneration;
  return generation === room.generation ? undefined : 'other-generation';
}
