import { createHash } from 'node:crypto';
import { longestSound } from '#lib/domain/media.ts';
import type { Media, MediaFile } from '#lib/domain/records.ts';
import { unlikeAnnounced } from '#lib/media/as-announced.ts';
import { mediaLimits } from '#lib/media/limits.ts';
import type { Source } from '#lib/media/source.ts';
import type { MediaPart } from '#lib/protocol/media.ts';

/** Why what has arrived is not kept. */
export type Unkept = 'hash-wrong' | 'media-invalid' | 'metadata-present';

/** What was announced of a part; undefined where there is no such part. */
export function announced(media: Media, part: MediaPart): MediaFile | undefined {
  return part === 'file' ? media : media.preview;
}

/**
 * MR2: whether what has arrived is what was announced, walked to its end, with nothing in it that is neither seen nor
 * heard; undefined: it is.
 */
export async function examine(media: Media, part: MediaPart, arrived: Source): Promise<Unkept | undefined> {
  const said = announced(media, part);
  if (!said || (await hashOf(arrived)) !== said.hash) return 'hash-wrong';
  const size = part === 'file' ? media : undefined;
  return unlikeAnnounced({ kind: said.kind, size, longestSound }, arrived);
}

async function hashOf(source: Source): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < source.length; at += mediaLimits.piece) {
    hash.update(await source.read(at, Math.min(at + mediaLimits.piece, source.length)));
  }
  return hash.digest('base64url');
}
