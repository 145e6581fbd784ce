import { fourSigns } from './four-signs.ts';
import { pictures, type Measures } from './measures.ts';
import { broken, Unwalkable } from './unwalkable.ts';
import type { Walk } from './walk.ts';

/** A chunk of RIFF: its data, and where the next one begins (data of odd length are followed by a zero). */
interface Chunk {
  readonly type: string;
  readonly from: number;
  readonly body: number;
  readonly bodyEnd: number;
  readonly to: number;
}

/** Bits of `VP8X`, the extended header. */
const alphaBit = 0x10;
const animationBit = 0x02;

const topChunks = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'];
const frameChunks = ['VP8 ', 'VP8L', 'ALPH'];
/** The data of these have this length. */
const lengths: Readonly<Record<string, number>> = { VP8X: 10, ANIM: 6 };
/** Before the chunks of a frame of an animation: its place, size, duration and flags. */
const frameHead = 16;

/**
 * Walks a WebP (RFC 9649), also one that moves. Colour profiles, EXIF, XMP, whatever is not listed and whatever follows
 * the end are left out, and the lengths and flags that spoke of them set right.
 */
export async function walkWebp(walk: Walk): Promise<Measures> {
  const size = (await walk.view(4, 8)).getUint32(0, true);
  const end = 8 + size + (size % 2);
  if (end > walk.length) broken();
  let left = 4;
  let frames = 0;
  let milliseconds = 0;
  let canvas: readonly [number, number] | undefined;
  for await (const chunk of chunks(walk, 12, end)) {
    if (!(await isKept(walk, chunk, topChunks))) continue;
    left += chunk.to - chunk.from;
    if (chunk.type === 'VP8X') {
      if (chunk.from !== 12) broken();
      canvas = await canvasSize(walk, chunk);
    } else if (chunk.type === 'ANMF') {
      milliseconds += (await walk.view(chunk.body + 12, chunk.body + 16)).getUint32(0, true) & 0xffffff;
      left -= await walkFrame(walk, chunk);
      frames += 1;
    } else if (chunk.type.startsWith('VP8')) {
      frames += 1;
      canvas ??= await pictureSize(walk, chunk);
    }
  }
  if (!canvas || frames === 0) throw new Unwalkable('empty');
  if (end < walk.length) walk.leaveOut(end, walk.length);
  await walk.put(4, littleEndian(left));
  return pictures(canvas, frames, milliseconds / 1000);
}

async function* chunks(walk: Walk, from: number, to: number): AsyncGenerator<Chunk, void, void> {
  for (let at = from; at < to;) {
    walk.part();
    const head = await walk.view(at, at + 8);
    const bodyEnd = at + 8 + head.getUint32(4, true);
    const next = bodyEnd + (bodyEnd % 2);
    if (next > to) broken();
    yield { type: fourSigns(head, 0), from: at, body: at + 8, bodyEnd, to: next };
    at = next;
  }
}

/** Whether a chunk stays; one that does not is left out. */
async function isKept(walk: Walk, chunk: Chunk, listed: readonly string[]): Promise<boolean> {
  if (!listed.includes(chunk.type)) {
    walk.leaveOut(chunk.from, chunk.to);
    return false;
  }
  const length = lengths[chunk.type];
  if (length !== undefined && chunk.bodyEnd - chunk.body !== length) broken();
  await walk.zero(chunk.bodyEnd, chunk.to);
  return true;
}

/** Walks a frame of an animation; gives how many bytes of it are left out. */
async function walkFrame(walk: Walk, frame: Chunk): Promise<number> {
  let out = 0;
  let pictures = 0;
  for await (const chunk of chunks(walk, frame.body + frameHead, frame.bodyEnd)) {
    if (!(await isKept(walk, chunk, frameChunks))) out += chunk.to - chunk.from;
    else if (chunk.type !== 'ALPH') pictures += 1;
  }
  if (pictures !== 1) broken();
  await walk.put(frame.body - 4, littleEndian(frame.bodyEnd - frame.body - out));
  return out;
}

async function canvasSize(walk: Walk, { body }: Chunk): Promise<readonly [number, number]> {
  const head = await walk.view(body, body + 10);
  const size = [head.getUint32(4, true) & 0xffffff, head.getUint32(6, true) >>> 8] as const;
  await walk.put(body, [head.getUint8(0) & (alphaBit | animationBit), 0, 0, 0]);
  return [size[0] + 1, size[1] + 1];
}

/** RFC 6386, 9.1; RFC 9649, 3.4. */
async function pictureSize(walk: Walk, { type, body, bodyEnd }: Chunk): Promise<readonly [number, number]> {
  if (bodyEnd - body < 10) broken();
  const head = await walk.view(body, body + 10);
  if (type === 'VP8L') {
    const bits = head.getUint32(1, true);
    return head.getUint8(0) === 0x2f ? [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1] : broken();
  }
  if (head.getUint8(3) !== 0x9d || head.getUint8(4) !== 0x01 || head.getUint8(5) !== 0x2a) broken();
  return [head.getUint16(6, true) & 0x3fff, head.getUint16(8, true) & 0x3fff];
}

function littleEndian(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}
