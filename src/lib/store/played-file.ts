import { mediaType } from '#lib/domain/media-types.ts';
import type { Database } from './database.ts';
import { piecesOf, wholeFile } from './media-files.ts';
import type { MediaFileRow } from './media-rows.ts';

/** Bytes up to which a file is played from memory. */
const small = 12_000_000;

/** Where large ones are laid out in the browser's own files, and how the lock of one is called that is played now. */
const folderName = 'played';
const lockName = (name: string): string => `twinspace-played-${name}`;

/** A file that is played until it is closed. */
export interface PlayedFile {
  readonly blob: Blob;
  close(): void;
}

/**
 * MT10: the file, to be played; undefined where it is not here whole. A large one is laid out on the disk, from where the
 * browser reads what it plays, and is taken from there when it is closed; where the browser has no such files, or no room,
 * it is held in memory.
 */
export async function playedFile(db: Database, id: string): Promise<PlayedFile | undefined> {
  const row = await db.mediaFiles.get(id);
  if (!row || row.state === 'comes') return undefined;
  if (row.bytes > small) {
    const laid = await laidOut(db, row);
    if (laid) return laid;
  }
  const blob = await wholeFile(db, id);
  return blob && { blob, close: () => undefined };
}

async function laidOut(db: Database, row: MediaFileRow): Promise<PlayedFile | undefined> {
  const name = crypto.randomUUID();
  const unlock = await locked(lockName(name));
  const close = (): void => void removed(name).finally(unlock);
  try {
    const handle = await (await folder()).getFileHandle(name, { create: true });
    await write(await handle.createWritable(), piecesOf(db, row.id));
    const file = await handle.getFile();
    if (file.size !== row.bytes) throw new Error('a piece is missing');
    return { blob: file.slice(0, file.size, mediaType(row.kind)), close };
  } catch {
    close();
    return undefined;
  }
}

async function write(onto: FileSystemWritableFileStream, pieces: AsyncIterable<ArrayBuffer>): Promise<void> {
  try {
    for await (const piece of pieces) await onto.write(piece);
    await onto.close();
  } catch (error) {
    // Else the file could not be taken away again.
    await onto.abort().catch(() => undefined);
    throw error;
  }
}

/** MT10: takes from the disk what a tab left there that was closed while it played. */
export async function sweepPlayed(): Promise<void> {
  try {
    const { held = [] } = await navigator.locks.query();
    const playing = new Set(held.map(({ name }) => name));
    for await (const name of (await folder()).keys()) if (!playing.has(lockName(name))) await removed(name);
  } catch {
    // This browser has no such files.
  }
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });
}

async function removed(name: string): Promise<void> {
  // What is there no more needs no removing.
  await folder()
    .then((files) => files.removeEntry(name))
    .catch(() => undefined);
}

/** Resolves when the lock is held; what it gives lets go of it. */
function locked(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => new Promise<void>((unlock) => resolve(unlock)));
  });
}
