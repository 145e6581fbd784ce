import { pictures, type Measures } from './measures.ts';
import { broken, Unwalkable } from './unwalkable.ts';
import type { Walk } from './walk.ts';

const extension = 0x21;
const picture = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;

/** A GIF loops by an application's extension that all programs took over. */
const loops = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/**
 * Walks a GIF (CompuServe, 89a). What stays are the pictures, how long each is shown, and that it loops; comments, texts,
 * XMP, other applications' blocks and whatever follows the end are left out.
 */
export async function walkGif(walk: Walk): Promise<Measures> {
  const screen = await walk.view(6, 13);
  const [width, height] = [screen.getUint16(0, true), screen.getUint16(2, true)];
  let at = 13 + tableLength(screen.getUint8(4));
  let frames = 0;
  let hundredths = 0;
  let looping = false;
  for (;;) {
    walk.part();
    const [block] = await walk.bytes(at, at + 1);
    if (block === trailer) break;
    if (block === picture) {
      at = await pictureEnd(walk, at, width, height);
      frames += 1;
    } else if (block === extension) {
      const [, label] = await walk.bytes(at, at + 2);
      const end = await blocksEnd(walk, at + 2);
      if (label === graphicControl) {
        if (end !== at + 8) broken();
        hundredths += (await walk.view(at + 4, at + 6)).getUint16(0, true);
      } else if (label === application && !looping && (await isLoop(walk, at, end))) looping = true;
      else walk.leaveOut(at, end);
      at = end;
    } else broken();
  }
  if (frames === 0 || width === 0 || height === 0) throw new Unwalkable('empty');
  if (at + 1 < walk.length) walk.leaveOut(at + 1, walk.length);
  return pictures([width, height], frames, hundredths / 100);
}

/** In bytes: how long the table of colours is of which this byte speaks. */
function tableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}

async function pictureEnd(walk: Walk, at: number, width: number, height: number): Promise<number> {
  const head = await walk.view(at + 1, at + 10);
  const [left, top] = [head.getUint16(0, true), head.getUint16(2, true)];
  if (left + head.getUint16(4, true) > width || top + head.getUint16(6, true) > height) broken();
  const data = at + 10 + tableLength(head.getUint8(8));
  const [codeSize = 0] = await walk.bytes(data, data + 1);
  if (codeSize < 2 || codeSize > 8) broken();
  return blocksEnd(walk, data + 1);
}

/** Where blocks end, each of which begins with its length, the last with zero. */
async function blocksEnd(walk: Walk, from: number): Promise<number> {
  for (let at = from; ;) {
    walk.part();
    const [length = 0] = await walk.bytes(at, at + 1);
    at += 1 + length;
    if (length === 0) return at;
  }
}

/** Whether an application's extension says how often the pictures come again, and nothing else. */
async function isLoop(walk: Walk, at: number, end: number): Promise<boolean> {
  if (end - at !== 19) return false;
  const bytes = await walk.bytes(at, end);
  const name = String.fromCharCode(...bytes.subarray(3, 14));
  return bytes[2] === 11 && loops.includes(name) && bytes[14] === 3 && bytes[15] === 1;
}
