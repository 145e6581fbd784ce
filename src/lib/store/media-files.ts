import type { CalendarDate } from '#lib/domain/dates.ts';
import type { MediaId } from '#lib/domain/ids.ts';
import { mediaType } from '#lib/domain/media-types.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import type { Database } from './database.ts';
import type { MediaFileRow } from './media-rows.ts';

/** Bytes of a piece, but for the last one of a file. */
export const pieceBytes = 1024 * 1024;

/** Tabs that write pieces of a file which nobody has named yet; who sweeps waits until there are none. */
const making = 'twinspace-media-making';

export function fileId(media: MediaId, part: MediaPart): string {
  return `${media}.${part}`;
}

/** The media of these files. */
function mediaOf(files: readonly string[]): ReadonlySet<string> {
  return new Set(files.map((id) => id.slice(0, id.lastIndexOf('.'))));
}

/**
 * MT1: what is written while nobody sweeps: pieces first, and then the row that names them.
 *
 * @param stop aborts when nobody waits for it any more; once it has begun, that is for `make` to see
 */
export function whileMaking<T>(make: () => Promise<T>, stop?: AbortSignal): Promise<T> {
  return navigator.locks.request(making, { mode: 'shared', ...(stop ? { signal: stop } : {}) }, make);
}

/** MT1: stores one piece of a file. */
export async function putPiece(db: Database, file: string, index: number, bytes: ArrayBuffer): Promise<void> {
  await db.pieces.put({ file, index, bytes });
}

/**
 * Keeps all pieces of a file; what was kept of it before is written anew.
 *
 * @param read is called before each piece; what it throws ends it
 */
export async function keepPieces(db: Database, file: string, bytes: Blob, read: () => void): Promise<void> {
  for (let at = 0; at < bytes.size; at += pieceBytes) {
    read();
    await putPiece(db, file, at / pieceBytes, await bytes.slice(at, at + pieceBytes).arrayBuffer());
  }
}

/** The piece; undefined where it is not here. */
export async function pieceOf(db: Database, file: string, index: number): Promise<ArrayBuffer | undefined> {
  return (await db.pieces.get([file, index]))?.bytes;
}

/** Its pieces, from the first on to where one is missing. */
export async function* piecesOf(db: Database, file: string): AsyncGenerator<ArrayBuffer, void, void> {
  for (let index = 0; ; index++) {
    const piece = await pieceOf(db, file, index);
    if (!piece) return;
    yield piece;
  }
}

/** How many pieces of it are here, from the first on. */
export async function piecesHere(db: Database, file: string): Promise<number> {
  return db.pieces.where('file').equals(file).count();
}

/** Whether all of its pieces are here. */
export async function hasWhole(db: Database, { id, bytes }: MediaFileRow): Promise<boolean> {
  return (await piecesHere(db, id)) === Math.ceil(bytes / pieceBytes);
}

/** The whole file; undefined where some of it is missing. */
export async function wholeFile(db: Database, id: string): Promise<Blob | undefined> {
  const row = await db.mediaFiles.get(id);
  if (!row || row.state === 'comes') return undefined;
  const pieces: Blob[] = [];
  // One after the other becomes the browser's, so that a film is never here twice.
  for await (const piece of piecesOf(db, id)) pieces.push(new Blob([piece]));
  const blob = new Blob(pieces, { type: mediaType(row.kind) });
  return blob.size === row.bytes ? blob : undefined;
}

/** Takes pieces from this device that no row names. */
export async function dropPieces(db: Database, files: readonly string[]): Promise<void> {
  await db.pieces
    .where('file')
    .anyOf([...files])
    .delete();
}

/** Takes files from this device, whatever of them is here. */
export async function dropFiles(db: Database, ids: readonly string[]): Promise<void> {
  await db.transaction('rw', db.mediaFiles, db.pieces, async () => {
    await db.mediaFiles.bulkDelete([...ids]);
    await dropPieces(db, ids);
  });
}

/** Takes from this device what the relay has, too. */
export async function dropFetched(db: Database): Promise<void> {
  await dropFiles(db, await db.mediaFiles.where('state').anyOf('here', 'comes').primaryKeys());
}

/**
 * MT4: the files that can be sent now: made here, and the change that announces them has been accepted. Small ones first.
 */
export async function filesToSend(db: Database): Promise<readonly string[]> {
  const bySize = db.mediaFiles.where('[state+bytes]').between(['waits', 0], ['waits', Infinity]);
  const made = await bySize.primaryKeys();
  // Asked second: a file that is kept in between would else seem to be announced.
  const announcedLater = new Set(await db.mediaFiles.where('change').above('').primaryKeys());
  return made.filter((id) => !announcedLater.has(id));
}

/** How many media can be sent, or are being sent now. */
export async function mediaToSend(db: Database): Promise<number> {
  return mediaOf(await filesToSend(db)).size;
}

/** How many media that were made here the relay does not have whole. */
export async function mediaWaiting(db: Database): Promise<number> {
  return mediaOf(await db.mediaFiles.where('state').equals('waits').primaryKeys()).size;
}

/** In bytes: what was made here and the relay does not have whole. */
export async function bytesWaiting(db: Database): Promise<number> {
  const rows = await db.mediaFiles.where('state').equals('waits').toArray();
  return rows.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * MT3: throws away pieces that nothing names (a tab was closed before the picture was whole), and what was made here and
 * whose announcement was refused and discarded.
 */
export async function sweepFiles(db: Database): Promise<void> {
  await navigator.locks.request(making, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const rows = await db.mediaFiles.toArray();
    const named = new Set(rows.map(({ id }) => id));
    const stored = (await db.pieces.orderBy('file').uniqueKeys()) as string[];
    const changes = rows.flatMap(({ change }) => change ?? []);
    const outbox = await db.outbox.where('id').anyOf(changes).toArray();
    const tray = await db.tray.where('id').anyOf(changes).primaryKeys();
    const known = new Set([...outbox.map(({ id }) => id), ...tray]);
    const discarded = rows.filter(({ change }) => change !== undefined && !known.has(change));
    await dropFiles(db, [...stored.filter((file) => !named.has(file)), ...discarded.map(({ id }) => id)]);
  });
}

/**
 * MT5: makes room: what the relay has, too, goes, longest unseen first, until so many bytes of it are left. What was
 * made here and waits never goes; nor what would be fetched again at once.
 *
 * @param wanted ids of files that this device wants to have
 */
export async function keepWithin(
  db: Database,
  most: number,
  wanted: ReadonlySet<string> = new Set()
): Promise<void> {
  const here = await db.mediaFiles.where('state').equals('here').toArray();
  here.push(...(await db.mediaFiles.where('state').equals('comes').toArray()));
  let sum = here.reduce((bytes, row) => bytes + row.bytes, 0);
  const gone: string[] = [];
  for (const row of here.sort((one, other) => one.seen.localeCompare(other.seen))) {
    if (sum <= most) break;
    if (wanted.has(row.id)) continue;
    sum -= row.bytes;
    gone.push(row.id);
  }
  await dropFiles(db, gone);
}

/** MT5: it was looked at today. */
export async function noteSeen(db: Database, id: string, today: CalendarDate): Promise<void> {
  const row = await db.mediaFiles.get(id);
  if (row && row.seen !== today) await db.mediaFiles.update(id, { seen: today });
}
