import { bytesOf } from './blob-source.ts';
import { drawEdited } from './draw-edited.ts';
import { knownPicture } from './known-picture.ts';
import { noEdits } from './picture-edits.ts';
import { CaptureTrouble, type Trouble } from './trouble.ts';

/** A picture as it is shown while somebody works on it. Whoever opened it closes the bitmap. */
export interface OpenedPicture {
  readonly bitmap: ImageBitmap;
  /** It moves: edits would make it stand still. */
  readonly moves: boolean;
}

/**
 * MK3: the picture, upright and no longer than `longest` pixels, or why it cannot be shown. How large it is, is read
 * before anything is decoded.
 */
export async function openPicture(blob: Blob, longest: number): Promise<OpenedPicture | Trouble> {
  try {
    const { kind, looked } = await knownPicture(blob);
    const whole = await decodedPicture(blob, kind === 'heic');
    return { bitmap: smaller(whole, longest), moves: (looked?.frames ?? 1) > 1 };
  } catch (error) {
    // What is no trouble of the picture's: the file went away while it was read.
    return error instanceof CaptureTrouble ? error.trouble : 'unreadable';
  }
}

/**
 * The pixels, upright.
 *
 * @param heic it is of a kind that most browsers do not read
 * @throws CaptureTrouble
 */
export async function decodedPicture(blob: Blob, heic: boolean): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch (cause) {
    // Where the file itself cannot be read that is the reason.
    await bytesOf(blob, 0, 1);
    throw new CaptureTrouble(heic ? 'heic' : 'unreadable', { cause });
  }
}

function smaller(whole: ImageBitmap, longest: number): ImageBitmap {
  if (Math.max(whole.width, whole.height) <= longest) return whole;
  const small = drawEdited(whole, noEdits, longest).transferToImageBitmap();
  whole.close();
  return small;
}
