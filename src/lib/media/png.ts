import { crc32 } from './crc32.ts';
import { fourSigns } from './four-signs.ts';
import { pictures, type Measures } from './measures.ts';
import { broken, Unwalkable } from './unwalkable.ts';
import type { Walk } from './walk.ts';

/** Chunks that make the pixels, and how long each may be. */
const kept: Readonly<Record<string, (length: number) => boolean>> = {
  IHDR: (length) => length === 13,
  PLTE: (length) => length <= 768 && length % 3 === 0,
  IDAT: () => true,
  IEND: (length) => length === 0,
  tRNS: (length) => length <= 256,
  sRGB: (length) => length === 1,
  gAMA: (length) => length === 4
};
/** Kept once at most. */
const single = ['IHDR', 'PLTE', 'tRNS', 'sRGB', 'gAMA'];

/**
 * Walks a PNG (W3C, third edition). What stays is what makes the pixels; texts, times, EXIF, colour profiles, further
 * frames, whatever is not listed and whatever follows the end are left out.
 */
export async function walkPng(walk: Walk): Promise<Measures> {
  let at = 8;
  let size: readonly [number, number] | undefined;
  const seen = new Set<string>();
  for (;;) {
    walk.part();
    const head = await walk.view(at, at + 8);
    const [length, type] = [head.getUint32(0), fourSigns(head, 4)];
    const end = at + 12 + length;
    if (end > walk.length || (type === 'IHDR') !== (at === 8)) broken();
    const fits = kept[type];
    if (fits) {
      if (!fits(length) || (single.includes(type) && seen.has(type))) broken();
      await checkSum(walk, at + 4, end - 4);
    } else if (/^[A-Z]/.test(type)) broken();
    else walk.leaveOut(at, end);
    seen.add(type);
    if (type === 'IHDR') size = await imageSize(walk, at + 8);
    at = end;
    if (type === 'IEND') break;
  }
  if (!size || !seen.has('IDAT')) throw new Unwalkable('empty');
  if (at < walk.length) walk.leaveOut(at, walk.length);
  return pictures(size);
}

async function imageSize(walk: Walk, at: number): Promise<readonly [number, number]> {
  const head = await walk.view(at, at + 8);
  const [width, height] = [head.getUint32(0), head.getUint32(4)];
  return width > 0 && height > 0 ? [width, height] : broken();
}

/** Compares the checksum behind a chunk's type and data. */
async function checkSum(walk: Walk, from: number, to: number): Promise<void> {
  let sum = 0;
  for (let at = from; at < to;) {
    const part = await walk.some(at, to);
    sum = crc32(part, sum);
    at += part.length;
  }
  if ((await walk.view(to, to + 4)).getUint32(0) !== sum) broken();
}
