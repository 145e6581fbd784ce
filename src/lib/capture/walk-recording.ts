import { edited, editedLength } from '#lib/media/edit.ts';
import type { StoredKind } from '#lib/media/kind.ts';
import { look } from '#lib/media/look.ts';
import { blobSource } from './blob-source.ts';
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
 * No more than a few pieces are in memory.
 *
 * @param keep resolves when there is room for the next one, with the buffer that it was given: it is filled again
 * @throws CaptureTrouble, and whatever `keep` throws
 */
export async function walkRecording(
  blob: Blob,
  pieceBytes: number,
  keep: (piece: ArrayBuffer, index: number) => Promise<ArrayBuffer>
): Promise<WalkedRecording> {
  const source = blobSource(blob);
  const looked = await looking(() => look(source));
  if ('unwalkable' in looked) {
    const { unwalkable } = looked;
    throw new CaptureTrouble(
      unwalkable === 'unknown' ? 'unknown' : unwalkable === 'too-much' ? 'too-large' : 'unreadable'
    );
  }
  const { kind, edits, width, height, seconds } = looked;
  if (kind !== 'mp4' && kind !== 'webm') throw new CaptureTrouble('unknown');
  const hash = new Sha256();
  const pieces = edited(source, edits);
  let index = 0;
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  for (;;) {
    const next = await looking(() => pieces.next());
    if (next.done) break;
    hash.add(next.value);
    for (let at = 0; at < next.value.length;) {
      const part = next.value.subarray(at, at + pieceBytes - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < pieceBytes) continue;
      piece = new Uint8Array(await keep(piece.buffer, index++));
      filled = 0;
    }
  }
  if (filled > 0) await keep(piece.buffer.slice(0, filled), index);
  const bytes = editedLength(blob.size, edits);
  return { kind, bytes, hash: hash.end(), width, height, ...(seconds === undefined ? {} : { seconds }) };
}

/** What the file does. */
async function looking<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw cause instanceof CaptureTrouble ? cause : new CaptureTrouble('unreadable', { cause });
  }
}
