import type { Trouble } from '#lib/capture/trouble.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<Trouble, () => string>> = {
  unknown: () => m.media_trouble_unknown(),
  heic: () => m.media_trouble_heic(),
  'too-large': () => m.media_trouble_too_large(),
  unreadable: () => m.media_trouble_unreadable(),
  changed: () => m.media_trouble_changed()
};

/** Why something cannot be taken in, and what to do. */
export function troubleWords(trouble: Trouble): string {
  return words[trouble]();
}
