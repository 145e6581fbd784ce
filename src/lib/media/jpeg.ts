import { pictures, type Measures } from './measures.ts';
import { broken, Unwalkable } from './unwalkable.ts';
import type { Walk } from './walk.ts';

/** Markers of ITU-T T.81, table B.1. */
const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;
const isApplication = (code: number): boolean => code >= 0xe0 && code <= 0xef;
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;
/** Baseline, extended and progressive, coded by Huffman: what browsers read. */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xc2;

/**
 * Walks a JPEG (ITU-T T.81). What stays is what a decoder needs; of the application segments JFIF without its thumbnail
 * (T.871) and Adobe's word on colours (T.872). All others, comments and whatever follows the end are left out.
 */
export async function walkJpeg(walk: Walk): Promise<Measures> {
  let at = 2;
  let size: readonly [number, number] | undefined;
  let scans = 0;
  for (;;) {
    walk.part();
    const [mark, code = 0] = await walk.bytes(at, at + 2);
    if (mark !== 0xff) broken();
    if (code === 0xff) {
      walk.leaveOut(at, at + 1);
      at += 1;
      continue;
    }
    if (code === endOfImage) break;
    const end = await segmentEnd(walk, at);
    const body = await walk.bytes(at + 4, end);
    if (isApplication(code) || code === comment) {
      if (!isKept(code, body)) walk.leaveOut(at, end);
    } else if (isFrame(code)) {
      if (size) broken();
      size = frameSize(body);
    } else if (!isWhole(code, body)) broken();
    if (code === startOfScan) scans += 1;
    at = code === startOfScan ? await scanEnd(walk, end) : end;
  }
  if (!size || scans === 0) throw new Unwalkable('empty');
  if (at + 2 < walk.length) walk.leaveOut(at + 2, walk.length);
  return pictures(size);
}

async function segmentEnd(walk: Walk, at: number): Promise<number> {
  const length = (await walk.view(at + 2, at + 4)).getUint16(0);
  return length < 2 ? broken() : at + 2 + length;
}

function isKept(code: number, body: Uint8Array): boolean {
  const begins = (text: string): boolean => [...text].every((sign, at) => body[at] === sign.charCodeAt(0));
  if (code === 0xe0) return body.length === 14 && begins('JFIF\0') && body[12] === 0 && body[13] === 0;
  return code === 0xee && body.length === 12 && begins('Adobe');
}

function frameSize(body: Uint8Array): readonly [number, number] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length < 6 || body.length !== 6 + 3 * view.getUint8(5)) broken();
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  return width > 0 && height > 0 ? [width, height] : broken();
}

/** Whether a segment has the length that its own content asks for, so that nothing else finds room in it. */
function isWhole(code: number, body: Uint8Array): boolean {
  if (code === startOfScan) return body.length === 4 + 2 * (body[0] ?? 0);
  if (code === 0xdd) return body.length === 2;
  if (code === 0xdb) return fills(body, (at) => 1 + ((body[at] ?? 0) >> 4 === 0 ? 64 : 128));
  if (code !== 0xc4) return false;
  return fills(body, (at) => 17 + body.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0));
}

/** Whether tables, each as long as it says, fill a segment to its end. */
function fills(body: Uint8Array, lengthAt: (at: number) => number): boolean {
  let at = 0;
  while (at < body.length) at += lengthAt(at);
  return at === body.length;
}

/** Where the first marker after a scan's data stands. */
async function scanEnd(walk: Walk, from: number): Promise<number> {
  for (let at = from; ;) {
    const part = await walk.some(at, walk.length);
    const mark = part.indexOf(0xff);
    at += mark < 0 ? part.length : mark;
    if (mark < 0) continue;
    const [, code = 0] = await walk.bytes(at, at + 2);
    if (code !== 0 && !isRestart(code)) return at;
    at += 2;
  }
}
