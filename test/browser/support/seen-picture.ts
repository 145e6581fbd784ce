import type { SeenMedia } from '#lib/session/media/seen-media.ts';
import type { MediaView } from '#lib/ui/media/media-view.ts';
import { angel } from '../../support/cast.ts';
import { photo } from './photo.ts';

/** A picture of Ángel's that is here whole, as others see it. */
export const seenPicture: SeenMedia = {
  is: 'picture',
  width: 1200,
  height: 900,
  bytes: 100_000,
  owner: angel.id,
  mine: false,
  removed: false,
  part: 'file',
  refused: false,
  comes: true
};

/** Where every picture is this one. */
export function viewOf(seen: SeenMedia): MediaView {
  return {
    of: () => seen,
    read: () => photo(),
    play: () => Promise.resolve(undefined),
    ask: () => undefined
  };
}
