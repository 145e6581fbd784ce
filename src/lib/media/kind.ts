/** What is stored. Films and sounds of iPhones, MOV and M4V among them, are `mp4`; WebM is `webm` with or without a picture. */
export const storedKinds = ['jpeg', 'png', 'webp', 'gif', 'mp4', 'webm'] as const;
export type StoredKind = (typeof storedKinds)[number];

/** What may come in: the others are drawn anew before they are stored, where a browser can read them. */
export type IncomingKind = StoredKind | 'avif' | 'heic' | 'bmp';

/** So many bytes of a file's beginning tell its kind. */
export const kindBytes = 16;

/** Brands of ISO/IEC 23008-12: pictures in the boxes of a film. */
const pictureBrands: Readonly<Record<string, IncomingKind>> = {
  avif: 'avif',
  avis: 'avif',
  heic: 'heic',
  heix: 'heic',
  heim: 'heic',
  heis: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  mif1: 'heic',
  msf1: 'heic'
};

/**
 * MD1: the kind of a file, by what it begins with; its name and what a browser calls it say nothing.
 *
 * @param head the first `kindBytes` bytes, or all that there are
 */
export function kindOf(head: Uint8Array): IncomingKind | undefined {
  const text = String.fromCharCode(...head.subarray(0, kindBytes));
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (text.startsWith('GIF89a') || text.startsWith('GIF87a')) return 'gif';
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'webm';
  if (text.startsWith('ftyp', 4)) return pictureBrands[text.slice(8, 12)] ?? 'mp4';
  // Films of older cameras have no `ftyp` (QuickTime File Format, "The File Type Atom": optional).
  if (/^.{4}(?:moov|mdat|wide)/s.test(text)) return 'mp4';
  return text.startsWith('BM') ? 'bmp' : undefined;
}

export function isStoredKind(kind: IncomingKind | undefined): kind is StoredKind {
  return storedKinds.some((one) => one === kind);
}
