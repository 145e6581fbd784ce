import { kindBytes, kindOf } from '#lib/media/kind.ts';
import { look } from '#lib/media/look.ts';
import { blobSource } from './blob-source.ts';
import { drawEdited } from './draw-edited.ts';
import { noEdits } from './picture-edits.ts';

/** A picture as it is shown while somebody works on it. Whoever opened it closes the bitmap. */
export interface OpenedPicture {
  readonly bitmap: ImageBitmap;
  /** It moves: edits would make it stand still. */
  readonly moves: boolean;
}

/** Why a picture cannot be shown. `heic`: this browser does not read them. */
export type PictureRefused = 'heic' | 'large' | 'other';

/** MK3: more is not decoded: it would cost a weak tablet its memory. */
const mostBytes = 50 * 1024 * 1024;
const mostPixels = 80_000_000;

/**
 * MK3: the picture, upright and no longer than `longest` pixels, or why it cannot be shown. How large it is, is read
 * before anything is decoded.
 */
export async function openPicture(blob: Blob, longest: number): Promise<OpenedPicture | PictureRefused> {
  if (blob.size > mostBytes) return 'large';
  try {
    const kind = kindOf(new Uint8Array(await blob.slice(0, kindBytes).arrayBuffer()));
    if (kind === undefined || kind === 'mp4' || kind === 'webm') return 'other';
    const looked = await look(blobSource(blob));
    const known = 'unwalkable' in looked ? undefined : looked;
    if (known && known.width * known.height > mostPixels) return 'large';
    const whole = await decoded(blob);
    if (!whole) return kind === 'heic' ? 'heic' : 'other';
    return { bitmap: smaller(whole, longest), moves: (known?.frames ?? 1) > 1 };
  } catch {
    // The file went away while it was read.
    return 'other';
  }
}

async function decoded(blob: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(blob);
  } catch {
    return undefined;
  }
}

function smaller(whole: ImageBitmap, longest: number): ImageBitmap {
  if (Math.max(whole.width, whole.height) <= longest) return whole;
  const small = drawEdited(whole, noEdits, longest).transferToImageBitmap();
  whole.close();
  return small;
}
