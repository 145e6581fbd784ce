import type { MediaWords } from '#lib/editor/media.ts';
import type { MediaEntry } from '#lib/ui/media/media-entry.ts';

export type { MediaWords };

/** What another page begins to say of it: what can be seen in it is the same everywhere. */
export function wordsOfEntry({ id, is, alt }: MediaEntry): MediaWords {
  return { media: id, size: is === 'picture' ? 'small' : 'wide', alt, caption: '' };
}
