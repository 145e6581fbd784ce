import { edited } from '#lib/media/edit.ts';
import { kindBytes, kindOf, type StoredKind } from '#lib/media/kind.ts';
import { look } from '#lib/media/look.ts';
import { base64url } from './base64url.ts';
import { blobSource, bytesOf } from './blob-source.ts';
import { drawEdited } from './draw-edited.ts';
import { decodedPicture } from './open-picture.ts';
import type { PictureEdits } from './picture-edits.ts';
import { knownPicture } from './known-picture.ts';
import { CaptureTrouble } from './trouble.ts';

/** In pixels: the longer edge of a picture and of its preview, at most. */
export const longest = { picture: 2560, preview: 480 } as const;

/** Of moving pictures, at most; of what has more a still is kept. */
const moving = { bytes: 5_000_000, frames: 500 } as const;

/** A file as it is stored and sent: clean, and with its hash. */
export interface MadeFile {
  readonly kind: StoredKind;
  readonly bytes: ArrayBuffer;
  /** SHA-256, base64url. */
  readonly hash: string;
}

/** What became of a picture. */
export interface MadePicture {
  readonly file: MadeFile;
  readonly preview: MadeFile;
  readonly width: number;
  readonly height: number;
  /** Of one that moves, rounded up. */
  readonly seconds?: number;
  /** It moved, and was too much for that: a still is left. */
  readonly still?: true;
}

/**
 * MT2: what is stored of a picture: its pixels drawn anew, upright, so that nothing comes along that is not seen; and of
 * one that moves the same frames, without anything else.
 *
 * @param drawn it is a drawing: no pixel of it is altered
 * @throws CaptureTrouble
 */
export async function drawPicture(blob: Blob, edits: PictureEdits, drawn: boolean): Promise<MadePicture> {
  const { kind, looked } = await knownPicture(blob);
  const frames = looked?.frames ?? 1;
  const moves = frames > 1 && isUnedited(edits);
  const goesOn = moves && blob.size <= moving.bytes && frames <= moving.frames;
  const bitmap = await decodedPicture(blob, kind === 'heic');
  try {
    const canvas = drawEdited(bitmap, edits, longest.picture);
    const preview = await clean(await encoded(drawEdited(bitmap, edits, longest.preview), 0.75, false));
    const { width, height } = canvas;
    if (!goesOn || !looked) {
      const file = await clean(await encoded(canvas, 0.85, drawn));
      return { file, preview, width, height, ...(moves ? { still: true } : {}) };
    }
    const seconds = Math.max(1, Math.ceil(looked.seconds ?? 1));
    return { file: await clean(blob), preview, width: looked.width, height: looked.height, seconds };
  } finally {
    bitmap.close();
  }
}

function isUnedited({ turns, crop, blurred }: PictureEdits): boolean {
  return turns === 0 && crop === undefined && blurred.length === 0;
}

/** WebP where this browser writes it; else JPEG, or PNG where something can be seen through. */
async function encoded(canvas: OffscreenCanvas, quality: number, drawn: boolean): Promise<Blob> {
  if (drawn) return canvas.convertToBlob({ type: 'image/png' });
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
  if (webp.type === 'image/webp') return webp;
  return isTransparent(canvas) ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality });
}

function isTransparent(canvas: OffscreenCanvas): boolean {
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  for (let row = 0; context && row < height; row += 64) {
    const { data } = context.getImageData(0, row, width, Math.min(64, height - row));
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  }
  return false;
}

/** MD2: the file with nothing in it that is neither seen nor heard: browsers write some of that, too. */
async function clean(blob: Blob): Promise<MadeFile> {
  const source = blobSource(blob);
  const looked = await look(source);
  const kind = kindOf(new Uint8Array(await bytesOf(blob, 0, kindBytes)));
  if ('unwalkable' in looked || kind !== looked.kind) throw new CaptureTrouble('unreadable');
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of edited(source, looked.edits)) pieces.push(new Uint8Array(piece));
  const bytes = await new Blob(pieces).arrayBuffer();
  const hash = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return { kind: looked.kind, bytes, hash };
}
