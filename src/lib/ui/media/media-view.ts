import type { SeenMedia } from '#lib/session/media/seen-media.ts';

/** What is played: it may lie in the browser's files until it is closed. */
export interface Played {
  readonly blob: Blob;
  close(): void;
}

/** Where a page gets its pictures, films and sounds from. */
export interface MediaView {
  /** Undefined where nobody here knows of it. */
  of(id: string): SeenMedia | undefined;
  /** The bytes; undefined where they are not here whole. */
  read(id: string, part: NonNullable<SeenMedia['part']>): Promise<Blob | undefined>;
  /** The whole film or sound, to be played until it is closed; undefined where it is not here whole. */
  play(id: string): Promise<Played | undefined>;
  /** Somebody wants to see it now. */
  ask(id: string): void;
}
