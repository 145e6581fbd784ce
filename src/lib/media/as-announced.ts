import type { StoredKind } from './kind.ts';
import { look, type Looked } from './look.ts';
import type { Source } from './source.ts';

/** What was announced of a file. */
export interface Announced {
  readonly kind: StoredKind;
  /** In pixels, upright; undefined: it is a preview, of which no more is said. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** In seconds: so long may a sound be. */
  readonly longestSound: number;
}

/** In pixels: the longer edge of a preview, at most. */
const longestPreview = 1024;

/**
 * MR2: why bytes are not what was announced, walked to their end, with nothing in them that is neither seen nor heard;
 * undefined: they are. Their hash is looked at elsewhere.
 *
 * Fails only where the source does.
 */
export async function unlikeAnnounced(
  { kind, size, longestSound }: Announced,
  source: Source
): Promise<'media-invalid' | 'metadata-present' | undefined> {
  const looked = await look(source);
  if ('unwalkable' in looked || looked.kind !== kind) return 'media-invalid';
  const fits = size ? looked.width === size.width && looked.height === size.height : isPreview(looked);
  if (!fits) return 'media-invalid';
  // What it says of itself may be another time than it takes.
  if (looked.width === 0 && (looked.seconds ?? 0) > longestSound + 1) return 'media-invalid';
  return looked.edits.length > 0 ? 'metadata-present' : undefined;
}

function isPreview({ frames, width, height }: Looked): boolean {
  return frames === 1 && Math.max(width, height) <= longestPreview;
}
