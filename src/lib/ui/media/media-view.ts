import type { SeenMedia } from '#lib/session/media/seen-media.ts';

/** Where a page gets its pictures, films and sounds from. */
export interface MediaView {
  /** Undefined where nobody here knows of it. */
  of(id: string): SeenMedia | undefined;
  /** The bytes; undefined where they are not here whole. */
  read(id: string, part: NonNullable<SeenMedia['part']>): Promise<Blob | undefined>;
  /** Somebody wants to see it now. */
  ask(id: string): void;
}
