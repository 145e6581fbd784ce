import { kindBytes, kindOf, type IncomingKind } from '#lib/media/kind.ts';
import { look, type Looked } from '#lib/media/look.ts';
import { blobSource, bytesOf } from './blob-source.ts';
import { CaptureTrouble } from './trouble.ts';

/** What is taken in at most, so that it costs no memory before that is known. */
export const pictureLimits = { bytes: 50_000_000, pixels: 80_000_000 } as const;

/** Where the size of AVIF and HEIC stands, at the latest. */
const headBytes = 256 * 1024;

/** What is known of a picture before anything of it is decoded. */
export interface KnownPicture {
  readonly kind: IncomingKind;
  /** Of the kinds that are stored: all that the walk found. */
  readonly looked?: Looked;
}

/**
 * Looks at a picture without decoding it: what it is, and that it is not too large.
 *
 * @throws CaptureTrouble
 */
export async function knownPicture(blob: Blob): Promise<KnownPicture> {
  if (blob.size > pictureLimits.bytes) throw new CaptureTrouble('too-large');
  const kind = kindOf(new Uint8Array(await bytesOf(blob, 0, kindBytes)));
  if (kind === undefined || kind === 'mp4' || kind === 'webm') throw new CaptureTrouble('unknown');
  if (kind === 'avif' || kind === 'heic' || kind === 'bmp') {
    const head = new DataView(await bytesOf(blob, 0, headBytes));
    return within(kind === 'bmp' ? bmpPixels(head) : boxedPixels(head), { kind });
  }
  const looked = await look(blobSource(blob));
  if ('unwalkable' in looked) {
    throw new CaptureTrouble(looked.unwalkable === 'too-much' ? 'too-large' : 'unreadable');
  }
  return within(looked.width * looked.height, { kind, looked });
}

function within(pixels: number, known: KnownPicture): KnownPicture {
  if (!(pixels > 0)) throw new CaptureTrouble(known.kind === 'heic' ? 'heic' : 'unreadable');
  if (pixels > pictureLimits.pixels) throw new CaptureTrouble('too-large');
  return known;
}

/** Windows' BITMAPINFOHEADER; the height is negative where the rows begin above. */
function bmpPixels(head: DataView): number {
  if (head.byteLength < 26) return 0;
  return Math.abs(head.getInt32(18, true)) * Math.abs(head.getInt32(22, true));
}

/** ISO/IEC 23008-12, 6.5.3: the largest of the sizes that its boxes `ispe` name. */
function boxedPixels(head: DataView): number {
  const ispe = 0x69737065;
  let most = 0;
  for (let at = 0; at + 16 <= head.byteLength; at++) {
    if (head.getUint32(at) === ispe) most = Math.max(most, head.getUint32(at + 8) * head.getUint32(at + 12));
  }
  return most;
}
