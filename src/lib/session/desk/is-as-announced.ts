import { blobSource } from '#lib/capture/blob-source.ts';
import { Sha256 } from '#lib/capture/sha256.ts';
import type { FileHash } from '#lib/domain/ids.ts';
import { longestSound } from '#lib/domain/media.ts';
import type { MediaFile } from '#lib/domain/records.ts';
import { unlikeAnnounced } from '#lib/media/as-announced.ts';
import { pieceBytes } from '#lib/store/media-files.ts';

/** What was announced of a file of media. */
export interface Announced {
  readonly said: MediaFile;
  /** In pixels; absent: it is a preview. */
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * BK5: whether the bytes are what was announced, as the relay will look at them (MR2). Of a file that is not, by its hash,
 * nothing is walked.
 *
 * @param read is told of each piece that was read, in bytes; what it throws ends the look
 */
export async function isAsAnnounced(
  bytes: Blob,
  { said, size }: Announced,
  read: (bytes: number) => void
): Promise<boolean> {
  if ((await hashOf(bytes, read)) !== said.hash) return false;
  return (await unlikeAnnounced({ kind: said.kind, size, longestSound }, blobSource(bytes))) === undefined;
}

/** The SHA-256 of all bytes, read piece by piece. */
export async function hashOf(bytes: Blob, read: (bytes: number) => void): Promise<FileHash> {
  const hash = new Sha256();
  for (let at = 0; at < bytes.size; at += pieceBytes) {
    const piece = await bytes.slice(at, at + pieceBytes).arrayBuffer();
    read(piece.byteLength);
    hash.add(new Uint8Array(piece));
  }
  return hash.end() as FileHash;
}
