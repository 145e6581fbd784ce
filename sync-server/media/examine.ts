import { createHash } from 'node:crypto';
import { longestSound } from '#lib/domain/media.ts';
import type { Media, MediaFile } from '#lib/domain/records.ts';
import { mediaLimits } from '#lib/media/limits.ts';
import { look, type Looked } from '#lib/media/look.ts';
import type { Source } from '#lib/media/source.ts';
import type { MediaPart } from '#lib/protocol/media.ts';

/** Why what has arrived is not kept. */
export type Unkept = 'hash-wrong' | 'media-invalid' | 'metadata-present';

/** In pixels: the longer edge of a preview, at most. */
const longestPreview = 1024;

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
  if ((await hashOf(arrived)) !== said?.hash) return 'hash-wrong';
  const looked = await look(arrived);
  if ('unwalkable' in looked || looked.kind !== said.kind) return 'media-invalid';
  if (!(part === 'file' ? hasSize(media, looked) : isPreview(looked))) return 'media-invalid';
  // What it says of itself may be another time than it takes.
  if (looked.width === 0 && (looked.seconds ?? 0) > longestSound + 1) return 'media-invalid';
  return looked.edits.length > 0 ? 'metadata-present' : undefined;
}

function hasSize({ width, height }: Media, looked: Looked): boolean {
  return looked.width === width && looked.height === height;
}

function isPreview({ frames, width, height }: Looked): boolean {
  return frames === 1 && Math.max(width, height) <= longestPreview;
}

async function hashOf(source: Source): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < source.length; at += mediaLimits.piece) {
    hash.update(await source.read(at, Math.min(at + mediaLimits.piece, source.length)));
  }
  return hash.digest('base64url');
}
