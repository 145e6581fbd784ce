import { drawPicture, type MadePicture } from './draw-picture.ts';
import type { PictureEdits } from './picture-edits.ts';
import { CaptureTrouble, type Trouble } from './trouble.ts';

/** What a picture worker is asked. */
export interface PictureQuestion {
  readonly picture: Blob;
  readonly edits: PictureEdits;
  readonly drawn: boolean;
}

export type PictureAnswer = { readonly made: MadePicture } | { readonly trouble: Trouble };

/** Draws pictures anew in a thread of its own. One question, one answer. */
addEventListener('message', ({ data }: MessageEvent<PictureQuestion>) => {
  drawPicture(data.picture, data.edits, data.drawn).then(
    (made) => postMessage({ made }, { transfer: [made.file.bytes, made.preview.bytes] }),
    (error: unknown) => {
      postMessage({ trouble: error instanceof CaptureTrouble ? error.trouble : 'unreadable' });
    }
  );
});
