import { isUuid, type MediaId } from '#lib/domain/ids.ts';
import { mediaKinds, type MediaKind } from '#lib/domain/records.ts';
import { mediaParts, type MediaAddress } from './media.ts';

/** BK4: bytes of one volume of a copy, at most. */
export const volumeBytes = 500_000_000;

/** Bytes with which a file in a volume says what it is, at most: three headers, and its name twice. */
export const entryBytes = 256;

/** Bytes from `from` to before `to` of a file. */
export interface Stretch<File> {
  readonly file: File;
  readonly from: number;
  readonly to: number;
}

/**
 * BK4: how files are laid into volumes of so much room, in this order. A file lies whole in one wherever it fits into one;
 * what does not is cut, so that all volumes are needed for it.
 *
 * @param most bytes that a volume has for files
 * @returns one volume at least
 */
export function volumesOf<File extends { readonly bytes: number }>(
  files: readonly File[],
  most: number
): readonly (readonly Stretch<File>[])[] {
  if (most <= entryBytes) throw new Error('no room for a file');
  let open: Stretch<File>[] = [];
  const volumes = [open];
  let left = most;
  const next = (): void => {
    if (open.length === 0) return;
    volumes.push((open = []));
    left = most;
  };
  for (const file of files) {
    if (file.bytes + entryBytes > left) next();
    for (let from = 0; from < file.bytes;) {
      if (left <= entryBytes) next();
      const to = Math.min(file.bytes, from + left - entryBytes);
      open.push({ file, from, to });
      left -= to - from + entryBytes;
      from = to;
    }
  }
  return volumes;
}

/** Bytes of a file of media from `from` on. */
export interface StretchName extends Pick<MediaAddress, 'media' | 'part'> {
  readonly kind: MediaKind;
  readonly from: number;
}

/** What a stretch is called in a volume. It says nothing of anybody; unpacked by hand it opens as what it is. */
export function stretchName({ media, part, kind, from }: StretchName): string {
  return `${media}.${part}.${from}.${kind}`;
}

/** The stretch that is called so; undefined where it is the name of something else. */
export function readStretchName(name: string): StretchName | undefined {
  const [media = '', partName, fromText = '', kindName, more] = name.split('.');
  const part = mediaParts.find((one) => one === partName);
  const kind = mediaKinds.find((one) => one === kindName);
  if (!isUuid(media) || !part || !kind || more !== undefined) return undefined;
  return /^(?:0|[1-9]\d{0,9})$/.test(fromText)
    ? { media: media as MediaId, part, kind, from: Number(fromText) }
    : undefined;
}
