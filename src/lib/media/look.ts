import type { Edit } from './edit.ts';
import { walkGif } from './gif.ts';
import { walkJpeg } from './jpeg.ts';
import { isStoredKind, kindBytes, kindOf, type StoredKind } from './kind.ts';
import type { Measures } from './measures.ts';
import { walkMp4 } from './mp4/film.ts';
import { walkPng } from './png.ts';
import type { Source } from './source.ts';
import { Unwalkable, type UnwalkableReason } from './unwalkable.ts';
import { Walk } from './walk.ts';
import { walkWebm } from './webm/film.ts';
import { walkWebp } from './webp.ts';

/** A file that was walked to its end. */
export interface Looked extends Measures {
  readonly kind: StoredKind;
  /** MD2: what is to be edited, so that nothing is left but what is seen and heard. None: the file is clean. */
  readonly edits: readonly Edit[];
}

/** A file that is not stored, and why. */
export interface NotLooked {
  readonly unwalkable: UnwalkableReason;
}

const walks: Readonly<Record<StoredKind, (walk: Walk) => Promise<Measures>>> = {
  jpeg: walkJpeg,
  png: walkPng,
  webp: walkWebp,
  gif: walkGif,
  mp4: walkMp4,
  webm: walkWebm
};

/**
 * MD1–MD4: walks a file to its end and finds whatever in it is neither seen nor heard. Memory stays below 64 MB and the
 * number of steps below `mediaLimits`, whatever the file says of itself.
 *
 * Fails only where the source does.
 */
export async function look(source: Source): Promise<Looked | NotLooked> {
  try {
    const walk = new Walk(source);
    const kind = kindOf(await walk.bytes(0, Math.min(kindBytes, source.length)));
    if (!isStoredKind(kind)) return { unwalkable: 'unknown' };
    const measures = await walks[kind](walk);
    return { kind, ...measures, edits: walk.edits() };
  } catch (cause) {
    if (cause instanceof Unwalkable) return { unwalkable: cause.reason };
    throw cause;
  }
}
