import { edited, editedLength } from '#lib/media/edit.ts';
import type { StoredKind } from '#lib/media/kind.ts';
import { look } from '#lib/media/look.ts';
import { blobSource } from './blob-source.ts';
import { PiecesKept } from './pieces-kept.ts';
import { Sha256 } from './sha256.ts';
import { CaptureTrouble } from './trouble.ts';

/** A film or sound as it is stored and sent: walked, with nothing in it that is neither seen nor heard. */
export interface WalkedRecording {
  readonly kind: StoredKind;
  readonly bytes: number;
  /** SHA-256, base64url. */
  readonly hash: string;
  /** In pixels; zero where there is only sound. */
  readonly width: number;
  readonly height: number;
  /** Undefined where the file does not tell. */
  readonly seconds?: number;
}

/**
 * MT7: walks a film or a sound to its end and gives its clean bytes, in pieces of exactly this size but for the last.
 * No more than a few pieces are in memory: while some are being kept, the next is read and hashed.
 *
 * @param keep resolves when the piece is kept, with the buffer that it was given: it is filled again
 * @throws CaptureTrouble, and whatever `keep` throws
 */
export async function walkRecording(
  blob: Blob,
  pieceBytes: number,
  keep: (piece: ArrayBuffer, index: number) => Promise<ArrayBuffer>
): Promise<WalkedRecording> {
  const source = blobSource(blob);
  const looked = await looking(() => look(source, { unread: true }));
  if ('unwalkable' in looked) {
    const { unwalkable } = looked;
    throw new CaptureTrouble(
      unwalkable === 'unknown' ? 'unknown' : unwalkable === 'too-much' ? 'too-large' : 'unreadable'
    );
  }
  const { kind, edits, width, height, seconds } = looked;
  if (kind !== 'mp4' && kind !== 'webm') throw new CaptureTrouble('unknown');
  const hash = new Sha256();
  const clean = edited(source, edits);
  const pieces = new PiecesKept(pieceBytes, keep);
  for (let coming = ahead(clean); ;) {
    const next = await coming;
    if (next.done) break;
    coming = ahead(clean);
    hash.add(next.value);
    await pieces.add(next.value);
  }
  await pieces.end();
  const bytes = editedLength(blob.size, edits);
  return { kind, bytes, hash: hash.end(), width, height, ...(seconds === undefined ? {} : { seconds }) };
}

/** Reads on while something else is done. Whoever waits for it is told what went wrong. */
function ahead<T>(of: AsyncGenerator<T, void, void>): Promise<IteratorResult<T, void>> {
  const next = looking(() => of.next());
  next.catch(() => undefined);
  return next;
}

/** What the file does. */
async function looking<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw cause instanceof CaptureTrouble ? cause : new CaptureTrouble('unreadable', { cause });
  }
}
