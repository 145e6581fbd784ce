import type { Edit } from './edit.ts';
import { isStoredKind, kindBytes, kindOf, type StoredKind } from './kind.ts';
import type { Measures } from './measures.ts';
import type { Source } from './source.ts';
import { Unwalkable, type UnwalkableReason } from './unwalkable.ts';
import { Walk } from './walk.ts';

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

/** Each is loaded when a file of its kind is looked at: films' take four times what pictures' do. */
const walks: Readonly<Record<StoredKind, (walk: Walk) => Promise<Measures>>> = {
  jpeg: async (walk) => (await import('./jpeg.ts')).walkJpeg(walk),
  png: async (walk) => (await import('./png.ts')).walkPng(walk),
  webp: async (walk) => (await import('./webp.ts')).walkWebp(walk),
  gif: async (walk) => (await import('./gif.ts')).walkGif(walk),
  mp4: async (walk) => (await import('./mp4/film.ts')).walkMp4(walk),
  webm: async (walk) => (await import('./webm/film.ts')).walkWebm(walk)
};

/**
 * MD1–MD4: walks a file to its end and finds whatever in it is neither seen nor heard. Memory stays below 64 MB and the
 * number of steps below `mediaLimits`, whatever the file says of itself.
 *
 * Fails only where the source does, or the walk of the kind cannot be loaded.
 *
 * @param how `unread` for whoever writes the file anew: of a film's data, what belongs to nobody is overwritten without being
 *   looked at, so that edits are no sign of anything there
 */
export async function look(source: Source, { unread = false } = {}): Promise<Looked | NotLooked> {
  try {
    const walk = new Walk(source, unread);
    const kind = kindOf(await walk.bytes(0, Math.min(kindBytes, source.length)));
    if (!isStoredKind(kind)) return { unwalkable: 'unknown' };
    const measures = await walks[kind](walk);
    return { kind, ...measures, edits: walk.edits() };
  } catch (cause) {
    if (cause instanceof Unwalkable) return { unwalkable: cause.reason };
    throw cause;
  }
}
